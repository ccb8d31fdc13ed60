import { access, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemCode } from '@strata/core/errors';
import { parseJson, readIfThere, writing } from './documents.js';
import { evaluationsFolder, isTemporaryName, runFiles, runsFolder, temporaryName } from './files.js';
import { holderOf, isKnownDead, releaseLease, takeLease } from './lease.js';
import { runIds } from './list-runs.js';
import { runStatus } from './status.js';

export interface CleanRequest {
  /** Finished runs to remove, by id, with their evaluations. */
  readonly done: readonly string[];
  /** Remove also unfinished runs that could be gone on with. */
  readonly unfinished: boolean;
}

export interface Litter {
  /** `abandoned`: unfinished, and nobody works on it. */
  readonly kind: 'temporary' | 'failed' | 'abandoned' | 'done';
  /** Of a run. */
  readonly id: string | null;
  readonly path: string;
}

/** A temporary file outside of a run may be somebody's that is writing just now. */
const YOUNG_MS = 3_600_000;

/** What may go. Finished runs are only those that were named; what somebody works on is never among it. */
export async function findLitter(store: string, request: CleanRequest): Promise<readonly Litter[]> {
  const litter: Litter[] = [];
  for (const folder of [store, runsFolder(store), evaluationsFolder(store)]) {
    for (const path of await temporariesIn(folder)) {
      if (Date.now() - (await stat(path)).mtimeMs > YOUNG_MS)
        litter.push({ kind: 'temporary', id: null, path });
    }
  }
  for (const id of await runIds(store)) litter.push(...(await litterOfRun(store, id, request)));
  return litter;
}

async function litterOfRun(store: string, id: string, request: CleanRequest): Promise<readonly Litter[]> {
  const { folder, checkpoint, previousCheckpoint, lease } = runFiles(store, id);
  const holder = await holderOf(store, id);
  if (holder && !isKnownDead(holder)) return [];
  const whole = (kind: Litter['kind']): readonly Litter[] => [{ kind, id, path: folder }];
  const { state } = await runStatus(store, id);
  if (state === 'failed') return whole('failed');
  if (state === 'planned') {
    const isOfUse = (await exists(checkpoint)) || (await exists(previousCheckpoint));
    if (!isOfUse || request.unfinished) return whole('abandoned');
  } else if (request.done.includes(id)) {
    const evaluations = await evaluationsOf(store, id);
    return [...whole('done'), ...evaluations.map(path => ({ kind: 'done', id, path }) as const)];
  }
  const left = [...(await temporariesIn(folder)), ...(holder ? [lease] : [])];
  return left.map(path => ({ kind: 'temporary', id, path }));
}

/** Removes what was found, but for runs that somebody has begun to work on since. Returns what is gone. */
export async function removeLitter(store: string, litter: readonly Litter[]): Promise<readonly Litter[]> {
  const removed: Litter[] = [];
  for (const item of litter) {
    const isGone = await writing(store, () => removeItem(store, item));
    if (isGone) removed.push(item);
  }
  return removed;
}

/** A run's files are removed by its owner alone; the folder first takes a name under which nobody looks for it. */
async function removeItem(store: string, { id, path }: Litter): Promise<boolean> {
  if (id === null || dirname(path) === evaluationsFolder(store)) {
    await rm(path, { recursive: true, force: true });
    return true;
  }
  const lease = await takeLease(store, id);
  if (!lease) return false;
  const { folder, lease: leaseFolder } = runFiles(store, id);
  if (path !== folder) {
    if (path !== leaseFolder) await rm(path, { recursive: true, force: true });
    await releaseLease(lease);
    return true;
  }
  const passing = temporaryName(folder, lease.token);
  await rename(folder, passing);
  await rm(passing, { recursive: true, force: true });
  return true;
}

async function temporariesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter(isTemporaryName).map(name => join(folder, name));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

async function evaluationsOf(store: string, id: string): Promise<readonly string[]> {
  const folder = evaluationsFolder(store);
  const files = (await readdir(folder).catch(() => [])).filter(name => name.endsWith('.json'));
  const found: string[] = [];
  for (const name of files) {
    const text = (await readIfThere(join(folder, name))) ?? '';
    const document = parseJson(text) as { evaluation?: { runs?: readonly string[] } } | undefined;
    if (document?.evaluation?.runs?.includes(id)) found.push(join(folder, name));
  }
  return found;
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
