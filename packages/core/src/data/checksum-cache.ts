import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** A file as a folder lists it, without its bytes. */
export interface ListedFile {
  readonly name: string;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/** Sets of fewer bytes are read anew each time: it takes no second, and no stale checksum can be believed. */
const LARGE = 2 ** 26;

/**
 * The checksum of a large set, remembered in the cache by its folder and its files' names, sizes and times of change, so that
 * ImageNet is read once and not at every start. What cannot be remembered is computed.
 */
export async function rememberedChecksum(
  folder: string,
  files: readonly ListedFile[],
  cacheDir: string | undefined,
  compute: () => Promise<string>,
): Promise<string> {
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  if (cacheDir === undefined || bytes < LARGE) return compute();
  const place = join(cacheDir, 'checksums', keyOf(folder, files));
  const known = await readFile(place, 'utf8').catch(() => '');
  if (/^[0-9a-f]{64}$/.test(known)) return known;
  const checksum = await compute();
  await remember(place, checksum).catch(() => {});
  return checksum;
}

function keyOf(folder: string, files: readonly ListedFile[]): string {
  const hash = createHash('sha256').update(`${resolve(folder)}\n`);
  for (const { name, size, modified } of files) hash.update(`${name} ${size} ${modified}\n`);
  return hash.digest('hex');
}

/** Written beside its place and renamed into it, so that nobody reads half of it. */
async function remember(place: string, checksum: string): Promise<void> {
  const temporary = `${place}.${randomUUID()}`;
  await mkdir(join(place, '..'), { recursive: true });
  await writeFile(temporary, checksum);
  await rename(temporary, place);
}
