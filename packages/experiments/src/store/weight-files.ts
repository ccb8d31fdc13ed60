import { copyFile, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { messageOf, UsageError } from '@strata/core/errors';
import { sha256 } from '@strata/core/hash';
import { temporaryName, weightFile } from './files.js';

/**
 * Weights that came from elsewhere lie in the store under the SHA-256 of their file: whoever shares the store can train
 * from them, and a run is identified by what it starts from, not by where that lay.
 */

/** @throws UsageError when the file cannot be read. */
export async function weightFileSha256(path: string): Promise<string> {
  try {
    return sha256(await readFile(path));
  } catch (error) {
    throw new UsageError(
      `start.file: ${path} cannot be read (${messageOf(error)}); give a safetensors file.`,
    );
  }
}

/** Copies a file of weights into the store, unless it is there. @throws UsageError when it cannot be copied. */
export async function keepWeightFile(store: string, path: string, digest: string): Promise<void> {
  const kept = weightFile(store, digest);
  if (await stat(kept).catch(() => undefined)) return;
  const temporary = temporaryName(kept, `${process.pid}`);
  try {
    await mkdir(dirname(kept), { recursive: true });
    await copyFile(path, temporary);
    await rename(temporary, kept);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new UsageError(`${path} cannot be copied into the store ${store} (${messageOf(error)}).`);
  }
}

/** @throws UsageError when the store lacks it, or holds another content under its name. */
export async function readWeightFile(
  store: string,
  digest: string,
): Promise<{ file: string; bytes: Uint8Array }> {
  const file = weightFile(store, digest);
  const bytes = await readFile(file).catch(() => undefined);
  if (!bytes || sha256(bytes) !== digest) {
    const what = bytes ? 'is damaged' : 'is not there';
    throw new UsageError(`${file} ${what}; remove it, and plan with --set start.file=<that file> again.`);
  }
  return { file, bytes };
}
