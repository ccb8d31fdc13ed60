import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { sha256 } from '../hash/index.js';

export interface FittedCache {
  /** What is fitted is kept in its `fitted` folder. */
  readonly cacheDir: string;
  /** Everything that decides what is fitted: a hash. */
  readonly key: string;
}

const HASH_LENGTH = 64;

/**
 * What was fitted once is read again: a file of the SHA-256 of what follows, and that. A damaged file counts as none, and what
 * cannot be written is fitted anew the next time. `T` is plain data and typed arrays.
 */
export async function rememberFitted<T>(cache: FittedCache | undefined, fit: () => Promise<T>): Promise<T> {
  if (!cache) return fit();
  const file = join(cache.cacheDir, 'fitted', cache.key);
  const known = await readFile(file).catch(() => undefined);
  if (known) {
    const content = known.subarray(HASH_LENGTH);
    // The key names the kind and the version of what is in it.
    if (known.subarray(0, HASH_LENGTH).toString() === sha256(content)) return deserialize(content) as T;
  }
  const fitted = await fit();
  await keep(file, serialize(fitted)).catch(() => {});
  return fitted;
}

/** Written beside its place and renamed into it, so that nobody reads half of it. */
async function keep(file: string, content: Buffer): Promise<void> {
  const temporary = `${file}.${randomUUID()}`;
  await mkdir(join(file, '..'), { recursive: true });
  try {
    await writeFile(temporary, Buffer.concat([Buffer.from(sha256(content)), content]));
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
