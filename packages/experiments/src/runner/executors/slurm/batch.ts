import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { systemCode } from '@strata/core/errors';
import {
  batchesFolder,
  batchFiles,
  makeFolder,
  type ProcessIdentity,
  writeAtomically,
  writing,
} from '../../../store/index.js';
import type { Job } from '../../perform-job.js';
import type { JobTask } from '../job-task.js';

/** Jobs that were submitted together, as the store keeps them for the nodes. Plain data. */
export interface Batch {
  readonly owner: ProcessIdentity;
  readonly common: Omit<JobTask, 'job' | 'store'>;
  /** By their number in the array. */
  readonly jobs: readonly Job[];
}

export async function writeBatch(store: string, name: string, batch: Batch): Promise<void> {
  const files = batchFiles(store, name);
  await writing(store, async () => {
    await makeFolder(files.folder);
    // A file that is there already is read afresh when it is opened; that one has come to be is noticed late on NFS.
    for (const index of batch.jobs.keys()) await writeFile(files.told(index), '');
    await writeAtomically(files.batch, JSON.stringify(batch));
  });
}

export async function readBatch(store: string, name: string): Promise<Batch> {
  return JSON.parse(await readFile(batchFiles(store, name).batch, 'utf8')) as Batch;
}

/** Every batch of a store that can be read. */
export async function readBatches(store: string): Promise<ReadonlyMap<string, Batch>> {
  const batches = new Map<string, Batch>();
  for (const name of await namesIn(batchesFolder(store))) {
    const batch = await readBatch(store, name).catch(() => undefined);
    if (batch) batches.set(name, batch);
  }
  return batches;
}

/** What cannot go yet, since a process on another machine has it open, goes another time. */
export async function removeBatch(store: string, name: string): Promise<void> {
  await rm(batchFiles(store, name).folder, { recursive: true, force: true }).catch(() => {});
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}
