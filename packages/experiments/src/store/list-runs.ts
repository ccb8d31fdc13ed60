import { readdir } from 'node:fs/promises';
import { systemCode } from '@strata/core/errors';
import { parseJson, readIfThere } from './documents.js';
import { isTemporaryName, runFiles, runsFolder } from './files.js';
import type { Run } from './run.js';
import { type RunStatus, runStatus } from './status.js';
import { readEvents } from './store.js';

/** A run as the store shows it, whoever planned it. */
export interface StoredRun extends RunStatus {
  readonly id: string;
  /** Null where its description is damaged. */
  readonly run: Run | null;
  /** The last step that was reported, of so many; null before the first. */
  readonly step: number | null;
  readonly steps: number | null;
  /** Since its owner has last shown that it lives, by the owner's clock and this one. */
  readonly silentSeconds: number | null;
}

export async function runIds(store: string): Promise<readonly string[]> {
  try {
    return (await readdir(runsFolder(store))).filter(name => !isTemporaryName(name)).sort();
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

export async function listRuns(store: string): Promise<readonly StoredRun[]> {
  const runs: StoredRun[] = [];
  for (const id of await runIds(store)) runs.push(await describeRun(store, id));
  return runs;
}

async function describeRun(store: string, id: string): Promise<StoredRun> {
  const status = await runStatus(store, id);
  const events = await readEvents(store, id);
  const last = events.findLast(event => event.type !== 'start');
  const start = events.find(event => event.type === 'start');
  const run = parseJson((await readIfThere(runFiles(store, id).run)) ?? '') as Run | undefined;
  const beat = Date.parse(status.holder?.beat.trim().split(' ')[1] ?? '');
  return {
    ...status,
    id,
    run: run ?? null,
    step: last?.step ?? null,
    steps: start?.steps ?? null,
    silentSeconds: Number.isNaN(beat) ? null : Math.max(0, (Date.now() - beat) / 1000),
  };
}
