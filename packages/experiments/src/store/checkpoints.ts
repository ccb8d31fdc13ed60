import { randomUUID } from 'node:crypto';
import { copyFile, link, readFile, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { messageOf, systemCode, UsageError } from '@strata/core/errors';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from '@strata/core/training';
import { growFile, type OnWriteStage, syncFolder } from './atomic.js';
import { runFiles, temporaryName } from './files.js';
import { asOwner, type Lease } from './lease.js';

export interface FoundCheckpoint {
  readonly checkpoint?: Checkpoint;
  readonly file?: string;
  /** What was wrong with files that were passed over. */
  readonly warnings: readonly string[];
}

/** The newest usable checkpoint of a run: the last one written, else the one before. */
export async function findCheckpoint(store: string, id: string): Promise<FoundCheckpoint> {
  const { checkpoint: newest, previousCheckpoint: previous } = runFiles(store, id);
  const warnings: string[] = [];
  for (const file of [newest, previous]) {
    try {
      return { checkpoint: decodeCheckpoint(await readFile(file), file, id), file, warnings };
    } catch (error) {
      if (systemCode(error) === 'ENOENT') continue;
      if (systemCode(error) === undefined && !(error instanceof UsageError)) throw error;
      warnings.push(messageOf(error));
    }
  }
  return { warnings };
}

/**
 * Makes a checkpoint the newest, keeping the one before. The new one is on the disk whole before anything is renamed; then
 * the old one gets its second name, and only then the new one takes the first: at every moment at least one good
 * checkpoint has a name that is looked for. All renames start in the lease's folder, so that only the owner's succeed.
 */
export async function saveCheckpoint(
  lease: Lease,
  checkpoint: Checkpoint,
  onStage: OnWriteStage = () => {},
): Promise<void> {
  const { checkpoint: newest, previousCheckpoint: previous } = runFiles(lease.store, lease.id);
  await asOwner(lease, async () => {
    const bytes = encodeCheckpoint(checkpoint);
    const { temporary, handle } = await growFile(newest, bytes, { growIn: lease.folder, onStage });
    await handle.close();
    await giveName(lease, newest, previous);
    await rename(temporary, newest);
    onStage('renamed', newest);
    await syncFolder(dirname(newest));
  });
}

/** Gives a good checkpoint the first name again, where the newest was none: the next one written must not replace it. */
export async function promotePrevious(lease: Lease): Promise<void> {
  const { checkpoint: newest, previousCheckpoint: previous } = runFiles(lease.store, lease.id);
  await asOwner(lease, () => giveName(lease, previous, newest));
}

/** Gives a file, where there is one, a second name; a copy where the file system has no such thing. */
async function giveName(lease: Lease, file: string, name: string): Promise<void> {
  const passing = join(lease.folder, temporaryName(basename(name), randomUUID()));
  try {
    await link(file, passing).catch(error => {
      if (systemCode(error) === 'ENOENT') throw error;
      return copyFile(file, passing);
    });
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  await rename(passing, name);
}
