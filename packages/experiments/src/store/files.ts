import { join } from 'node:path';

/** The only module that knows how files are named in a store. */

export interface RunFiles {
  readonly folder: string;
  /** The resolved run, written first. */
  readonly run: string;
  /** A folder that is there while somebody works on the run, holding one folder named by the owner's token. */
  readonly lease: string;
  /** Why it failed. */
  readonly failure: string;
  /** Append-only metrics. */
  readonly events: string;
  /** The newest state of the training; once it is over, the final weights. */
  readonly checkpoint: string;
  /** The one before, until the training is over. */
  readonly previousCheckpoint: string;
  /** Written last: its presence means that the run is over. */
  readonly result: string;
  /** What the layers of the trained network answer; where an experiment asks for it. */
  readonly responses: string;
  readonly log: string;
}

export function runFiles(store: string, id: string): RunFiles {
  const folder = join(runsFolder(store), id);
  return {
    folder,
    run: join(folder, 'run.json'),
    lease: join(folder, 'lease'),
    failure: join(folder, 'failure.json'),
    events: join(folder, 'events.jsonl'),
    checkpoint: join(folder, 'checkpoint.safetensors'),
    previousCheckpoint: join(folder, 'checkpoint.previous.safetensors'),
    result: join(folder, 'result.json'),
    responses: join(folder, 'responses.json'),
    log: join(folder, 'log.txt'),
  };
}

export interface LeaseFiles {
  /** Named by the token: what the owner writes grows in here. */
  readonly folder: string;
  readonly owner: string;
  readonly beat: string;
}

export function leaseFiles(leaseFolder: string, token: string): LeaseFiles {
  const folder = join(leaseFolder, token);
  return { folder, owner: ownerFile(folder, token), beat: join(folder, 'beat') };
}

/** Who the owner is, named by the token too: a folder that changes hands never shows its old owner under the new token. */
export function ownerFile(folder: string, token: string): string {
  return join(folder, `${token}.json`);
}

const TENSORBOARD = 'events.out.tfevents.';

/** As TensorBoard looks for them; each is read after those whose names stand before it. */
export function tensorboardName(existing: readonly string[]): string {
  const last = Math.max(0, ...existing.map(name => Number(name.slice(TENSORBOARD.length))));
  return `${TENSORBOARD}${`${last + 1}`.padStart(6, '0')}`;
}

export function isTensorboardName(name: string): boolean {
  return name.startsWith(TENSORBOARD) && /^\d+$/.test(name.slice(TENSORBOARD.length));
}

/** Anything under such a name may be removed when nobody is at work beside it. */
export function temporaryName(of: string, token: string): string {
  return `${of}.${token}.tmp`;
}

export function isTemporaryName(name: string): boolean {
  return name.endsWith('.tmp');
}

export function runsFolder(store: string): string {
  return join(store, 'runs');
}

/** A submission to a cluster: jobs that were queued together, numbered from 0. */
export interface BatchFiles {
  readonly folder: string;
  /** What the jobs are, and who submitted them. */
  readonly batch: string;
  /** What a job tells whoever waits for it, a document a line. */
  told(index: number): string;
  /** What its process writes besides: the last words of one that died. */
  output(index: number): string;
}

export function batchFiles(store: string, name: string): BatchFiles {
  const folder = join(batchesFolder(store), name);
  return {
    folder,
    batch: join(folder, 'batch.json'),
    told: index => join(folder, `${index}.jsonl`),
    output: index => join(folder, `${index}${OUTPUT_END}`),
  };
}

/** Of the name of an output, behind the job's number. */
export const OUTPUT_END = '.txt';

export function batchesFolder(store: string): string {
  return join(store, 'slurm');
}

export function evaluationsFolder(store: string): string {
  return join(store, 'evaluations');
}

export function evaluationFile(store: string, id: string): string {
  return join(evaluationsFolder(store), `${id}.json`);
}

/** Weights from elsewhere, by the SHA-256 of their file. */
export function weightFile(store: string, sha256: string): string {
  return join(store, 'weights', `${sha256}.safetensors`);
}

/** What was asked of the store under an experiment's name. */
export function planFile(store: string, id: string): string {
  return join(plansFolder(store), `${id}.json`);
}

export function plansFolder(store: string): string {
  return join(store, 'plans');
}

/** Training steps that were measured alone. */
export function timingFile(store: string, name: string): string {
  return join(timingsFolder(store), `${name}.json`);
}

export function timingsFolder(store: string): string {
  return join(store, 'timings');
}

/** Says which layout the store has. */
export function storeVersionFile(store: string): string {
  return join(store, 'store.json');
}

export function reportsFolder(store: string): string {
  return join(store, 'reports');
}
