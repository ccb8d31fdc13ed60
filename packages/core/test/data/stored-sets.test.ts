import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DataSet, dataSets, decodePhoto, type Images, isPhotoSet, openDataSet } from '@strata/core/data';
import { UsageError } from '@strata/core/errors';
import { elements } from '@strata/core/network';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StoredDataSet } from '../../src/data/registry.js';
import { temporaryFolder } from './cifar10-files.js';
import { tinySetEntries } from './stored-sets.js';

let base: string;
beforeEach(() => {
  base = temporaryFolder();
});
afterEach(() => rmSync(base, { recursive: true }));

/** All files below a folder. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => join(folder, name))
    .filter(path => statSync(path).isFile())
    .sort();
}

/** Looks at every image of half a set: what a set that was read gives must be right. */
async function lookAt(images: Images, classes: readonly string[]): Promise<void> {
  expect(images.labels).toHaveLength(images.count);
  expect(Math.max(...images.labels)).toBeLessThan(classes.length);
  for (let i = 0; i < images.count; i++) {
    if (isPhotoSet(images)) {
      const { pixels, height, width } = await decodePhoto(await images.encoded(i), {
        what: images.describe(i),
      });
      expect(pixels).toHaveLength(3 * height * width);
    } else {
      expect(images.pixels(i)).toHaveLength(elements(images.shape));
    }
  }
}

/** The set and all its images, or the user's mistake in one line that names a path. */
async function readOrRefuse(set: StoredDataSet, folder: string): Promise<DataSet | UsageError> {
  try {
    const dataSet = await set.read(folder);
    await lookAt(dataSet.train, dataSet.classes);
    await lookAt(dataSet.test, dataSet.classes);
    return dataSet;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    expect(error.message).toMatch(/^[^\n]+$/);
    expect(error.message).toContain(folder);
    return error;
  }
}

/** A digest of all labels and images. */
async function contentOf({ train, test }: DataSet): Promise<string> {
  const hash = createHash('sha256');
  for (const half of [train, test]) {
    hash.update(half.labels);
    for (let i = 0; i < half.count; i++)
      hash.update(isPhotoSet(half) ? await half.encoded(i) : half.pixels(i));
  }
  return hash.digest('hex');
}

/** Bytes as they may become: a few of them changed, some taken out or put in, or all of them others. */
function damagedBytes(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  const place = fc.nat({ max: bytes.length - 1 });
  // Headers and footers decide most, and are short.
  const telling = fc.oneof(
    place,
    fc.nat({ max: 160 }),
    fc.nat({ max: 400 }).map(back => bytes.length - 1 - back),
  );
  const value = fc.oneof(fc.nat({ max: 255 }), fc.constantFrom(0, 1, 0x7f, 0x80, 0xff));
  const changed = fc.array(fc.tuple(telling, value), { minLength: 1, maxLength: 6 }).map(changes => {
    const copy = Uint8Array.from(bytes);
    for (const [at, byte] of changes) if (at >= 0 && at < copy.length) copy[at] = byte;
    return copy;
  });
  const removed = fc
    .tuple(place, fc.integer({ min: 1, max: 64 }))
    .map(([at, count]) => Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + count)]));
  const added = fc
    .tuple(place, fc.uint8Array({ minLength: 1, maxLength: 64 }))
    .map(([at, more]) => Uint8Array.from([...bytes.subarray(0, at), ...more, ...bytes.subarray(at)]));
  const noise = fc.uint8Array({ maxLength: 300 });
  return fc.oneof({ weight: 6, arbitrary: changed }, removed, added, noise);
}

describe.each(tinySetEntries)('the stored data set %s', (name, tiny) => {
  const set: StoredDataSet = dataSets[name];

  async function withFile<T>(file: string, bytes: Uint8Array, act: () => Promise<T>): Promise<T> {
    const before = readFileSync(file);
    writeFileSync(file, bytes);
    try {
      return await act();
    } finally {
      writeFileSync(file, before);
    }
  }

  it('is read where it lies, by its name, and is the same each time', async () => {
    const home = join(base, set.home ?? name);
    const folder = await tiny.write(home);
    const { dataSet } = await openDataSet(name, { dataDir: base, env: { XDG_CACHE_HOME: base } });
    expect(dataSet.name).toBe(name);
    expect(dataSet.source).toBe(folder);
    expect([dataSet.train.count, dataSet.test.count]).toEqual([tiny.train, tiny.test]);
    expect(dataSet.checksum).toMatch(/^[0-9a-f]{64}$/);
    expect(dataSet.shape).toEqual(set.shape);
    if (set.classes && name !== 'imagenet') expect(dataSet.classes).toEqual(set.classes);
    await lookAt(dataSet.train, dataSet.classes);
    await lookAt(dataSet.test, dataSet.classes);
    const again = await set.read(folder);
    expect(again.checksum).toBe(dataSet.checksum);
    expect(again.train.labels).toEqual(dataSet.train.labels);
  });

  it('refuses each of its files when it is empty, cut off, too long, missing, or no file', async () => {
    const folder = await tiny.write(base);
    for (const file of filesIn(folder)) {
      const bytes = readFileSync(file);
      for (const damage of [
        new Uint8Array(),
        bytes.subarray(0, (bytes.length >> 1) - 5),
        bytes.subarray(0, -13),
      ]) {
        const found = await withFile(file, damage, () => readOrRefuse(set, folder));
        expect(found, `${file} of ${damage.length} bytes`).toBeInstanceOf(UsageError);
      }
      // What follows a whole image is no part of it, and every decoder passes over it.
      if (!/\.jpg$/.test(file)) {
        const longer = Uint8Array.from([...bytes, 1, 2, 3]);
        expect(await withFile(file, longer, () => readOrRefuse(set, folder)), file).toBeInstanceOf(
          UsageError,
        );
      }
      rmSync(file);
      const isPhoto = /\.jpg$/.test(file);
      const without = await readOrRefuse(set, folder);
      if (!isPhoto) expect(without, `without ${file}`).toBeInstanceOf(UsageError);
      mkdirSync(file);
      expect(await readOrRefuse(set, folder), `${file} is a folder`).toBeInstanceOf(UsageError);
      rmSync(file, { recursive: true });
      writeFileSync(file, bytes);
    }
  });

  it('refuses a file in the place of another that is of another kind', async () => {
    const folder = await tiny.write(base);
    for (const file of filesIn(folder)) {
      const text = Buffer.from('<!DOCTYPE html><title>404 Not Found</title>'.repeat(100));
      expect(await withFile(file, text, () => readOrRefuse(set, folder)), file).toBeInstanceOf(UsageError);
    }
  });

  it('has other images only with another checksum', async () => {
    const folder = await tiny.write(base);
    const set0 = await set.read(folder);
    const content = await contentOf(set0);
    for (const file of filesIn(folder)) {
      const bytes = readFileSync(file);
      for (const part of [0.3, 0.5, 0.7, 0.9]) {
        const at = Math.floor(part * bytes.length);
        const changed = bytes.with(at, (bytes[at] as number) ^ 0x11);
        await withFile(file, changed, async () => {
          const found = await readOrRefuse(set, folder);
          if (found instanceof UsageError || (await contentOf(found)) === content) return;
          expect(found.checksum, `${file}, byte ${at}`).not.toBe(set0.checksum);
        });
      }
    }
  });

  it('is read or refused, whatever becomes of a file', { timeout: 300_000 }, async () => {
    const folder = await tiny.write(base);
    const damages = filesIn(folder).map(file =>
      damagedBytes(readFileSync(file)).map(bytes => ({ file, bytes })),
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(...damages), async ({ file, bytes }) => {
        await withFile(file, bytes, () => readOrRefuse(set, folder));
      }),
      { numRuns: Number(process.env.STRATA_FUZZ_RUNS ?? tiny.cases ?? 1000) },
    );
  });
});
