import { UsageError } from '@strata/core/errors';
import { parseJson, readIfThere } from './documents.js';
import { runFiles } from './files.js';
import { runIds } from './list-runs.js';
import type { Run } from './run.js';

/**
 * The run whose id begins so.
 * @throws UsageError when there is none, or more than one.
 */
export async function findRun(store: string, prefix: string): Promise<string> {
  const found = (await runIds(store)).filter(id => id.startsWith(prefix));
  const [id] = found;
  if (id === undefined) {
    throw new UsageError(`No run in ${store} begins with "${prefix}"; strata status lists the ids.`);
  }
  if (found.length > 1) {
    throw new UsageError(
      `"${prefix}" begins ${found.length} runs: ${found.slice(0, 5).join(', ')}; give more of the id.`,
    );
  }
  return id;
}

/** What a run was to train. @throws UsageError when the store does not have it, or it is damaged. */
export async function readRun(store: string, id: string): Promise<Run> {
  const run = parseJson((await readIfThere(runFiles(store, id).run)) ?? '') as Run | undefined;
  if (!run) throw new UsageError(`The store ${store} has no run "${id}"; strata status lists what it has.`);
  return run;
}
