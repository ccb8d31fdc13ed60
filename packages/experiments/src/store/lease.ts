import { randomUUID } from 'node:crypto';
import { access, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { systemCode } from '@strata/core/errors';
import { z } from 'zod';
import { makeFolder } from './atomic.js';
import { parseJson, readIfThere } from './documents.js';
import { leaseFiles, ownerFile, runFiles, temporaryName } from './files.js';
import { isGone, type ProcessIdentity, thisProcess } from './process-identity.js';

/*
 * Who may write to a run. Its folder holds `lease/<token>/` while somebody works on it. The owner's files grow in that
 * folder and are renamed out of it to their places. A run changes hands by renaming the folder to the new owner's token:
 * of several candidates one succeeds, since the others no longer find the old name. From that moment no rename of the old
 * owner can succeed either, because what it would rename lies under a path that is gone. So the check of ownership and
 * the write are one operation of the file system, and an owner that was frozen in between harms nothing, however late it
 * wakes.
 */

export interface Lease {
  readonly store: string;
  readonly id: string;
  readonly token: string;
  /** Where the owner's files grow. */
  readonly folder: string;
  readonly beat: string;
}

/** Who works on a run. */
export interface Holder {
  readonly token: string;
  /** Null where its record is damaged. */
  readonly owner: Owner | null;
  /** Changes as long as it lives. */
  readonly beat: string;
}

export interface Owner extends ProcessIdentity {
  readonly since: string;
}

/** The run was taken over by somebody else while this process was not heard of. */
export class LeaseLost extends Error {
  override name = 'LeaseLost';
}

const ownerSchema = z.object({
  host: z.string(),
  space: z.string(),
  pid: z.number(),
  started: z.string().nullable(),
  job: z.string().exactOptional(),
  since: z.string(),
});

export async function holderOf(store: string, id: string): Promise<Holder | undefined> {
  const { lease } = runFiles(store, id);
  const [token] = await namesIn(lease);
  if (token === undefined) return undefined;
  const files = leaseFiles(lease, token);
  const owner = ownerSchema.safeParse(parseJson((await readIfThere(files.owner)) ?? ''));
  return { token, owner: owner.success ? owner.data : null, beat: (await readIfThere(files.beat)) ?? '' };
}

/** Whether a holder is known to be dead without waiting for its silence. */
export function isKnownDead({ owner }: Holder): boolean {
  return owner !== null && isGone(owner);
}

/**
 * Makes this process the owner of a run, or gives undefined where somebody else is. `dead` is the token of a holder that
 * was silent for too long.
 */
export async function takeLease(store: string, id: string, dead?: string): Promise<Lease | undefined> {
  const token = randomUUID();
  const holder = await holderOf(store, id);
  if (holder && holder.token !== dead && !isKnownDead(holder)) return undefined;
  const taken = holder ? await takeOver(store, id, holder.token, token) : await takeFree(store, id, token);
  if (!taken) return undefined;
  const { folder, beat } = leaseFiles(runFiles(store, id).lease, token);
  return { store, id, token, folder, beat };
}

/** The folder is made whole beside its place and renamed into it, which fails where another stands. */
async function takeFree(store: string, id: string, token: string): Promise<boolean> {
  const { folder, lease } = runFiles(store, id);
  const prepared = join(folder, temporaryName('lease', token));
  const files = leaseFiles(prepared, token);
  await makeFolder(files.folder);
  await writeOwner(files.owner);
  const isFirst = await succeeds(rename(prepared, lease), ['ENOTEMPTY', 'EEXIST', 'EPERM']);
  if (!isFirst) await rm(prepared, { recursive: true, force: true });
  return isFirst;
}

async function takeOver(store: string, id: string, from: string, to: string): Promise<boolean> {
  const { lease } = runFiles(store, id);
  const old = join(lease, from);
  const wrote = await succeeds(writeOwner(ownerFile(old, to)), ['ENOENT']);
  if (!wrote || !(await succeeds(rename(old, join(lease, to)), ['ENOENT']))) return false;
  const { folder, owner } = leaseFiles(lease, to);
  const litter = (await namesIn(folder)).map(name => join(folder, name)).filter(file => file !== owner);
  await Promise.all(litter.map(file => rm(file, { recursive: true, force: true })));
  return true;
}

function writeOwner(file: string): Promise<void> {
  const owner: Owner = { ...thisProcess(), since: new Date().toISOString() };
  return writeFile(file, JSON.stringify(owner));
}

/** Gives the run up; nothing happens where it was lost already. */
export async function releaseLease({ store, id, token, folder }: Lease): Promise<void> {
  const files = runFiles(store, id);
  const left = join(files.folder, temporaryName('lease', token));
  if (!(await succeeds(rename(folder, left), ['ENOENT']))) return;
  await rm(left, { recursive: true, force: true });
  // Another may have come in already.
  await succeeds(rmdir(files.lease), ['ENOTEMPTY', 'EEXIST', 'ENOENT']);
}

/** @throws LeaseLost */
export async function checkLease({ folder, id }: Lease): Promise<void> {
  if (await succeeds(access(folder), ['ENOENT'])) return;
  throw new LeaseLost(`run ${id} was taken over by another process`);
}

/**
 * Runs a write of the owner's that goes through the lease's folder.
 * @throws LeaseLost where that failed because the folder is no longer the owner's.
 */
export async function asOwner<T>(lease: Lease, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (['ENOENT', 'ESTALE'].includes(systemCode(error) ?? '')) await checkLease(lease);
    throw error;
  }
}

/** Removes a file of the run's by way of the lease's folder: only the owner can. */
export async function discard(lease: Lease, file: string): Promise<void> {
  const passing = join(lease.folder, temporaryName(basename(file), randomUUID()));
  if (await succeeds(rename(file, passing), ['ENOENT'])) await rm(passing, { force: true });
  else await checkLease(lease);
}

async function succeeds(work: Promise<unknown>, expected: readonly string[]): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (expected.includes(systemCode(error) ?? '')) return false;
    throw error;
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return [];
    throw error;
  }
}
