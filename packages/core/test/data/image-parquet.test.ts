import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { decodePhoto } from '@strata/core/data';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readImageParquet } from '../../src/data/image-parquet.js';
import { readPhotoTable } from '../../src/data/parquet-photos.js';
import { temporaryFolder } from './cifar10-files.js';
import { FIXTURES, tinySets } from './stored-sets.js';

const fixtures = join(FIXTURES, 'image-parquet');

/** What write.py says of a pixel. */
function expectedPixels(n: number): Uint8Array {
  return Uint8Array.from({ length: 90 }, (_, at) => {
    const [channel, row, column] = [Math.floor(at / 30), Math.floor(at / 6) % 5, at % 6];
    return (40 * row + 20 * column + 60 * channel + 7 * n) % 256;
  });
}

async function pixelsOf(bytes: Uint8Array): Promise<Uint8Array> {
  const { pixels, height, width } = await decodePhoto(bytes, { what: 'the image' });
  expect([height, width]).toEqual([5, 6]);
  return pixels;
}

describe('readPhotoTable, on files that PyArrow wrote', () => {
  it.each([
    ['variant-plain.parquet', 40],
    ['variant-zstd.parquet', 4],
    ['variant-gzip.parquet', 4],
    ['variant-brotli.parquet', 4],
    ['variant-v2.parquet', 40],
    ['train-00000-of-00002.parquet', 5],
  ])('reads every row of %s', async (file, rows) => {
    const { images, labels, classNames } = await readPhotoTable(join(fixtures, file));
    expect(labels).toEqual(Array.from({ length: rows }, (_, n) => n % 3));
    expect(images).toHaveLength(rows);
    for (const [n, bytes] of images.entries())
      expect(await pixelsOf(bytes), `row ${n}`).toEqual(expectedPixels(n));
    expect(classNames).toEqual(file === 'variant-plain.parquet' ? undefined : ['ant', 'bee', 'cat']);
  });

  it.each([
    ['refused-no-struct.parquet', /the columns image, label, expected images: a struct with the field bytes/],
    [
      'refused-no-label.parquet',
      /the columns image\.bytes, image\.path, score, expected whole numbers named label/,
    ],
    ['refused-no-bytes.parquet', /row 1: no image, expected one in every row/],
  ])('refuses %s', async (file, message) => {
    await expect(readPhotoTable(join(fixtures, file))).rejects.toThrow(message);
  });
});

describe('readImageParquet', () => {
  let base: string;
  beforeEach(() => {
    base = temporaryFolder();
  });
  afterEach(() => rmSync(base, { recursive: true }));

  it('joins the shards in order', async () => {
    const folder = await tinySets['image-parquet'].write(base);
    const { train, test, classes } = await readImageParquet(folder);
    expect(classes).toEqual(['ant', 'bee', 'cat']);
    expect([...train.labels]).toEqual([0, 1, 2, 0, 1, 2, 0, 1, 2]);
    for (let i = 0; i < 9; i++) expect(await pixelsOf(await train.encoded(i))).toEqual(expectedPixels(i));
    expect(await pixelsOf(await test.encoded(3))).toEqual(expectedPixels(12));
    expect(train.describe(6)).toBe(`${join(folder, 'train-00001-of-00002.parquet')}, row 1`);
    expect(() => train.describe(9)).toThrow(RangeError);
    await expect(train.encoded(9)).rejects.toThrow(RangeError);
  });

  it('calls classes by their numbers where the files say nothing', async () => {
    for (const name of ['train.parquet', 'validation.parquet'])
      copyFileSync(join(fixtures, 'variant-plain.parquet'), join(base, name));
    expect((await readImageParquet(base)).classes).toEqual(['0', '1', '2']);
  });

  it('misses a shard, a half, and a shard that is there twice', async () => {
    await tinySets['image-parquet'].write(base);
    copyFileSync(join(base, 'train-00000-of-00002.parquet'), join(base, 'train-00000-of-00002-ab12.parquet'));
    await expect(readImageParquet(base)).rejects.toThrow(/3 files of train/);
    rmSync(join(base, 'train-00000-of-00002-ab12.parquet'));
    rmSync(join(base, 'test-00000-of-00001.parquet'));
    await expect(readImageParquet(base)).rejects.toThrow(
      /no test, validation, valid, val file is there beside train/,
    );
    rmSync(join(base, 'train-00001-of-00002.parquet'));
    await expect(readImageParquet(base)).rejects.toThrow(
      /1 files of train .*expected the 2 that their names say/,
    );
  });
});
