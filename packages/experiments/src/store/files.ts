import { join } from 'node:path';

/** The only module that knows how files are named in a store. */

export interface RunFiles {
  readonly folder: string;
  /** The resolved run, written first. */
  readonly run: string;
  /** Who is at work on it, or why it failed. */
  readonly status: string;
  /** Append-only metrics. */
  readonly events: string;
  readonly checkpoint: string;
  /** Written last: its presence means that the run is over. */
  readonly result: string;
  readonly log: string;
}

export function runsFolder(store: string): string {
  return join(store, 'runs');
}

export function runFiles(store: string, id: string): RunFiles {
  const folder = join(runsFolder(store), id);
  return {
    folder,
    run: join(folder, 'run.json'),
    status: join(folder, 'status.json'),
    events: join(folder, 'events.jsonl'),
    checkpoint: join(folder, 'checkpoint.safetensors'),
    result: join(folder, 'result.json'),
    log: join(folder, 'log.txt'),
  };
}

export function evaluationFile(store: string, id: string): string {
  return join(store, 'evaluations', `${id}.json`);
}

/** What was asked of the store under an experiment's name. */
export function planFile(store: string, id: string): string {
  return join(plansFolder(store), `${id}.json`);
}

export function plansFolder(store: string): string {
  return join(store, 'plans');
}

/** Says which layout the store has. */
export function storeVersionFile(store: string): string {
  return join(store, 'store.json');
}

export function reportsFolder(store: string): string {
  return join(store, 'reports');
}
