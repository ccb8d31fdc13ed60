import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '@strata/core/errors';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readMatFile } from '../../src/data/mat-file.js';
import { readSvhn } from '../../src/data/svhn.js';
import { temporaryFolder } from './cifar10-files.js';
import { FIXTURES } from './stored-sets.js';

const folder = join(FIXTURES, 'svhn');
const MOST = 2 ** 20;

/** What write.py says of a pixel. */
function expectedPixels(n: number): Uint8Array {
  return Uint8Array.from({ length: 3072 }, (_, at) => {
    const [channel, row, column] = [at >> 10, (at >> 5) % 32, at % 32];
    return (5 * row + 3 * column + 50 * channel + 7 * n) % 256;
  });
}

describe('readSvhn, on files that SciPy wrote', () => {
  it('turns the planes from columns first to rows first, and the label 10 into 0', async () => {
    const { train, test } = await readSvhn(folder, ['train_32x32.mat']);
    expect([...train.labels]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]);
    for (let n = 0; n < 12; n++) expect(train.pixels(n), `image ${n}`).toEqual(expectedPixels(n));
    expect([...test.labels]).toEqual([0, 1, 2, 3, 4]);
    expect(test.pixels(3)).toEqual(expectedPixels(23));
    expect(() => train.pixels(12)).toThrow(RangeError);
  });

  it('puts the extra images behind the training images', async () => {
    const { train, name } = await readSvhn(folder, ['train_32x32.mat', 'extra_32x32.mat']);
    expect(name).toBe('svhn-extra');
    expect(train.count).toBe(15);
    expect([...train.labels.subarray(11)]).toEqual([1, 0, 1, 2]);
    expect(train.pixels(11)).toEqual(expectedPixels(11));
    expect(train.pixels(12)).toEqual(expectedPixels(40));
    expect(() => train.pixels(15)).toThrow(RangeError);
  });

  describe('from another writer', () => {
    let base: string;
    beforeEach(() => {
      base = temporaryFolder();
      copyFileSync(join(folder, 'test_32x32.mat'), join(base, 'test_32x32.mat'));
    });
    afterEach(() => rmSync(base, { recursive: true }));

    it.each(['uncompressed.mat', 'doubles.mat'])('reads %s, with one checksum', async file => {
      copyFileSync(join(folder, file), join(base, 'train_32x32.mat'));
      const { train, checksum } = await readSvhn(base, ['train_32x32.mat']);
      expect([...train.labels]).toEqual([0, 1]);
      expect(train.pixels(1)).toEqual(expectedPixels(1));
      copyFileSync(join(folder, 'uncompressed.mat'), join(base, 'train_32x32.mat'));
      expect((await readSvhn(base, ['train_32x32.mat'])).checksum).toBe(checksum);
    });

    it('refuses other versions, byte orders, and contents, by name', async () => {
      const read = (bytes: Uint8Array) => {
        writeFileSync(join(base, 'train_32x32.mat'), bytes);
        return readSvhn(base, ['train_32x32.mat']);
      };
      const plain = readFileSync(join(folder, 'uncompressed.mat'));
      const changed = (at: number, ...values: readonly number[]): Uint8Array => {
        const copy = Uint8Array.from(plain);
        copy.set(values, at);
        return copy;
      };
      await expect(read(readFileSync(join(folder, 'version4.mat')))).rejects.toThrow(UsageError);
      await expect(read(changed(124, 0, 2))).rejects.toThrow(/version 2, .* save -v7/);
      await expect(read(changed(126, 0x4d, 0x49))).rejects.toThrow(/byte order "MI"/);
      await expect(read(changed(plain.length - 4, 11))).rejects.toThrow(
        /label 11 of image 0, expected 1 to 10/,
      );
      await expect(read(changed(plain.length - 4, 0))).rejects.toThrow(
        /label 0 of image 0, expected 1 to 10/,
      );
      const half = readFileSync(join(folder, 'train_32x32.mat'));
      const end = 128 + 8 + half.readUInt32LE(132);
      await expect(read(half.subarray(0, end))).rejects.toThrow(/0 arrays named y/);
      await expect(read(Buffer.concat([half, half.subarray(128)]))).rejects.toThrow(/2 arrays named X/);
    });
  });
});

describe('readMatFile', () => {
  it('gives the arrays that were asked for, whatever their numbers', async () => {
    const arrays = await readMatFile(join(folder, 'doubles.mat'), ['y', 'a_longer_name'], MOST);
    expect(arrays.map(({ name, dimensions, values }) => [name, dimensions, [...values]])).toEqual([
      ['a_longer_name', [2, 2], [0, 0, 0, 0]],
      ['y', [1, 2], [10, 1]],
    ]);
  });

  it('takes no more memory than it may', async () => {
    await expect(readMatFile(join(folder, 'train_32x32.mat'), ['X', 'y'], 2 ** 12)).rejects.toThrow(
      /an array of \d+ bytes, expected at most 4096/,
    );
    await expect(readMatFile(join(folder, 'train_32x32.mat'), ['X', 'y'], 100)).rejects.toThrow(
      /bytes, expected at most 200/,
    );
  });
});
