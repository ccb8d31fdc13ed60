import { readdir, readFile } from 'node:fs/promises';
import { messageOf, systemCode, UsageError } from '@strata/core/errors';
import { z } from 'zod';
import { runFiles, runsFolder } from './files.js';
import type { Run } from './run.js';

const runSchema = z.looseObject({
  model: z.looseObject({ name: z.string() }),
  dataset: z.looseObject({ name: z.string(), checksum: z.string() }),
  recipe: z.looseObject({}),
  seed: z.number(),
  engine: z.string(),
  parents: z.array(z.looseObject({ run: z.string() })),
  numerics: z.number(),
});

/** Ids of the runs that a store has folders for, in their order. */
export async function listRuns(store: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(runsFolder(store), { withFileTypes: true });
    return entries
      .filter(entry => entry.isDirectory())
      .map(entry => entry.name)
      .sort();
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw new UsageError(`The store ${store} cannot be read (${messageOf(error)}); name another --store.`);
  }
}

/** The description of a run as it was kept; undefined where there is none that can be believed. */
export async function readRun(store: string, id: string): Promise<Run | undefined> {
  try {
    const parsed = runSchema.safeParse(JSON.parse(await readFile(runFiles(store, id).run, 'utf8')));
    return parsed.success ? (parsed.data as unknown as Run) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || systemCode(error) !== undefined) return undefined;
    throw error;
  }
}

/**
 * The run whose id begins so.
 * @throws UsageError when there is none, or more than one.
 */
export async function findRun(store: string, prefix: string): Promise<string> {
  const found = (await listRuns(store)).filter(id => id.startsWith(prefix));
  const [id] = found;
  if (id === undefined) {
    throw new UsageError(`No run in ${store} begins with "${prefix}"; a page or strata plan lists the ids.`);
  }
  if (found.length > 1) {
    throw new UsageError(
      `"${prefix}" begins ${found.length} runs: ${found.slice(0, 5).join(', ')}; give more of the id.`,
    );
  }
  return id;
}
