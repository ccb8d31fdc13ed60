import { z } from 'zod';
import { parseJson, readIfThere, unsealed } from './documents.js';
import { runFiles } from './files.js';
import { type Holder, holderOf, isKnownDead } from './lease.js';
import type { RunResult, RunState } from './run.js';

/** What must be there for a result to be believed; a damaged one counts as none, and is made again. */
const resultSchema = z.looseObject({
  state: z.enum(['done', 'diverged']),
  steps: z.number(),
  seconds: z.number(),
  weightsSha256: z.string(),
});

const failureSchema = z.object({ reason: z.string() });

export interface RunStatus {
  readonly state: RunState;
  readonly reason: string | null;
  /** There once the run is over. */
  readonly result: RunResult | null;
  /** Who works on it, unless known to be dead. */
  readonly holder: Holder | null;
}

/** A run whose process is known to be dead counts as planned: it can be gone on with at once. */
export async function runStatus(store: string, id: string): Promise<RunStatus> {
  const files = runFiles(store, id);
  const none = { reason: null, result: null, holder: null };
  const result = unsealed<RunResult>(resultSchema, await readIfThere(files.result));
  if (result) return { ...none, state: result.state, result };
  const holder = await holderOf(store, id);
  if (holder && !isKnownDead(holder)) {
    return { ...none, state: 'running', reason: describeHolder(holder), holder };
  }
  const failure = failureSchema.safeParse(parseJson((await readIfThere(files.failure)) ?? ''));
  if (failure.success) return { ...none, state: 'failed', reason: failure.data.reason };
  return { ...none, state: 'planned', reason: holder ? 'its process is gone' : null };
}

/** Whether there is a result that cannot be believed. */
export async function hasDamagedResult(store: string, id: string): Promise<boolean> {
  const text = await readIfThere(runFiles(store, id).result);
  return text !== undefined && unsealed(resultSchema, text) === undefined;
}

export function describeHolder({ owner }: Holder): string {
  if (!owner) return 'by an unknown process';
  return owner.job
    ? `by Slurm job ${owner.job} on ${owner.host}`
    : `by process ${owner.pid} on ${owner.host}`;
}
