import { type FileHandle, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile, writeAtomically } from './atomic.js';
import { writing } from './documents.js';
import type { EventsFile } from './events-file.js';
import { isTensorboardName, runFiles, tensorboardName } from './files.js';
import { checkLease, discard, type Lease } from './lease.js';
import type { Run } from './run.js';
import { readEvents } from './store.js';
import { encodeTraining, type ScalarEncoder } from './tensorboard/training-scalars.js';

/**
 * TensorBoard's file beside `events.jsonl`, in the hands of a run's owner. Each owner writes it anew from the events that
 * its checkpoint holds, under the next number, and removes the one before: no step is ever there twice, and a TensorBoard
 * that is open goes on to the new file. Where it is not wanted, one that an earlier owner has left is still kept right.
 */
export function tensorboardFile(
  lease: Lease,
  { run, isWanted }: { readonly run: Run; readonly isWanted: boolean },
): EventsFile {
  const { folder } = runFiles(lease.store, lease.id);
  let handle: FileHandle | undefined;
  let encode: ScalarEncoder | undefined;
  return {
    async begin(events) {
      const old = await tensorboardNamesIn(folder);
      if (!isWanted && old.length === 0) return;
      const training = encodeTraining(events, run.recipe.batchSize);
      const file = join(folder, tensorboardName(old));
      encode = training.encode;
      handle = await replaceFile(file, Buffer.concat(training.records), { growIn: lease.folder });
      for (const name of old) await discard(lease, join(folder, name));
    },
    async append(events) {
      if (!handle || !encode) return;
      await checkLease(lease);
      await handle.appendFile(Buffer.concat(events.map(encode)));
    },
    sync: async () => handle?.sync(),
    close: async () => handle?.close(),
  };
}

/**
 * Writes TensorBoard's file of a finished run that was trained without one. Nothing happens where there is one.
 * @throws UsageError where the store cannot be written to.
 */
export async function addTensorboardFile(store: string, id: string, { recipe }: Run): Promise<void> {
  const { folder } = runFiles(store, id);
  const old = await tensorboardNamesIn(folder);
  if (old.length > 0) return;
  const { records } = encodeTraining(await readEvents(store, id), recipe.batchSize);
  await writing(store, () => writeAtomically(join(folder, tensorboardName(old)), Buffer.concat(records)));
}

async function tensorboardNamesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).filter(isTensorboardName).sort();
}
