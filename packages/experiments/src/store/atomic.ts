import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { systemCode } from '@strata/core/errors';
import { temporaryName } from './files.js';

/** How far a write has come. Tests interrupt it there. */
export type WriteStage = 'written' | 'synced' | 'renamed';
export type OnWriteStage = (stage: WriteStage, file: string) => void;

export interface AtomicWriteOptions {
  /** Where the file grows before it gets its name; beside it unless given. Must be on the same file system. */
  readonly growIn?: string;
  readonly onStage?: OnWriteStage;
}

/**
 * Writes a file that is there whole or not at all, even across a power failure: the bytes go to a name that nobody else
 * uses, reach the disk, and only then take the file's name; syncing the folder makes the new name last.
 */
export async function writeAtomically(
  file: string,
  data: string | Uint8Array,
  options: AtomicWriteOptions = {},
): Promise<void> {
  await (await replaceFile(file, data, options)).close();
}

/** As `writeAtomically`, giving the file still open for appending: what is written to it goes to this very file. */
export async function replaceFile(
  file: string,
  data: string | Uint8Array,
  options: AtomicWriteOptions = {},
): Promise<FileHandle> {
  const grown = await growFile(file, data, options);
  try {
    await rename(grown.temporary, file);
    options.onStage?.('renamed', file);
    await syncFolder(dirname(file));
    return grown.handle;
  } catch (error) {
    await grown.handle.close();
    await rm(grown.temporary, { force: true });
    throw error;
  }
}

/** The first half of an atomic write: the bytes, on the disk, under a name that nobody looks for. */
export async function growFile(
  file: string,
  data: string | Uint8Array,
  { growIn = dirname(file), onStage = () => {} }: AtomicWriteOptions = {},
): Promise<{ readonly temporary: string; readonly handle: FileHandle }> {
  if (growIn === dirname(file)) await makeFolder(growIn);
  const temporary = join(growIn, temporaryName(basename(file), randomUUID()));
  const handle = await open(temporary, 'ax');
  try {
    await handle.writeFile(data);
    onStage('written', file);
    await handle.sync();
    onStage('synced', file);
    return { temporary, handle };
  } catch (error) {
    await handle.close();
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Node's own recursive form says "no such file" where the file system is read-only. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return;
    if (systemCode(error) !== 'ENOENT' || dirname(folder) === folder) throw error;
    await makeFolder(dirname(folder));
    await mkdir(folder).catch(again => {
      if (systemCode(again) !== 'EEXIST') throw again;
    });
  }
}

export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open folders; its renames are journaled by the file system.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
