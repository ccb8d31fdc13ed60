import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { channelStatistics } from '@strata/core/data';
import { UsageError } from '@strata/core/errors';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCifar10 } from '../../src/data/cifar10.js';
import { readRecords, recordImages } from '../../src/data/records.js';
import { RECORD, records, temporaryFolder, writeCifar10 } from './cifar10-files.js';
import { realCifar10 } from './images.js';

let base: string;
beforeEach(() => {
  base = temporaryFolder();
});
afterEach(() => rmSync(base, { recursive: true }));

describe('readCifar10', () => {
  it('reads labels and planar pixels where they stand', async () => {
    const train = records(20);
    const set = await readCifar10(writeCifar10(base, { 'data_batch_1.bin': train }));
    expect(set.train.count).toBe(20);
    expect(set.test.count).toBe(10);
    expect(set.train.labels[13]).toBe(3);
    expect(set.train.pixels(13)).toEqual(train.subarray(13 * RECORD + 1, 14 * RECORD));
    expect(set.classes[set.test.labels[9] as number]).toBe('truck');
  });

  it('gives views, not copies', async () => {
    const { train } = await readCifar10(writeCifar10(base));
    expect(train.pixels(0).buffer).toBe(train.pixels(19).buffer);
  });

  it('joins as many training files as there are, in order of their numbers', async () => {
    const folder = writeCifar10(base, {
      'data_batch_4.bin': records(4, 44),
      'data_batch_2.bin': records(2, 22),
    });
    const { train } = await readCifar10(folder);
    expect(train.count).toBe(26);
    expect(train.pixels(20)).toEqual(records(1, 22).subarray(1));
    expect(train.pixels(22)).toEqual(records(1, 44).subarray(1));
  });

  it('tells any change of the bytes, or of which file holds them, by the checksum', async () => {
    const checksumOf = async (name: string, files: Record<string, Uint8Array>): Promise<string> =>
      (await readCifar10(writeCifar10(join(base, name), files))).checksum;
    const changed = records(20);
    changed[5000] = (changed[5000] as number) ^ 1;
    const checksums = await Promise.all([
      checksumOf('a', {}),
      checksumOf('b', { 'data_batch_1.bin': changed }),
      checksumOf('c', { 'data_batch_2.bin': records(5) }),
      checksumOf('d', { 'data_batch_3.bin': records(5) }),
      checksumOf('e', { 'test_batch.bin': records(9, 5) }),
    ]);
    expect(new Set(checksums).size).toBe(checksums.length);
    expect(await checksumOf('f', {})).toBe(checksums[0]);
  });

  it.each([
    ['is empty', new Uint8Array(), /data_batch_1\.bin: the file is empty, expected records of 3073 bytes/],
    [
      'is cut off',
      records(3).subarray(0, 3 * RECORD - 1),
      /9218 bytes, 2 records and 3072 bytes, expected whole records/,
    ],
    ['has bytes left over', new Uint8Array(2 * RECORD + 1), /2 records and 1 bytes/],
    ['is too long', new Uint8Array(10_001 * RECORD), /10001 records of 3073 bytes, expected at most 10000/],
    ['holds an unknown label', new Uint8Array(RECORD).fill(10), /label 10 in record 0, expected 0 to 9/],
  ])('refuses a file that %s', async (_, bytes, message) => {
    const reading = readCifar10(writeCifar10(base, { 'data_batch_1.bin': bytes }));
    await expect(reading).rejects.toThrow(UsageError);
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toThrow(/fetch the set again/);
  });

  it('needs the test file, and at least one training file', async () => {
    const folder = writeCifar10(base);
    rmSync(join(folder, 'test_batch.bin'));
    await expect(readCifar10(folder)).rejects.toThrow(/test_batch\.bin: it is missing/);
    rmSync(join(folder, 'data_batch_1.bin'));
    await expect(readCifar10(folder)).rejects.toThrow(UsageError);
  });

  it('refuses a folder in the place of a file', async () => {
    const folder = writeCifar10(base);
    rmSync(join(folder, 'test_batch.bin'));
    mkdirSync(join(folder, 'test_batch.bin'));
    await expect(readCifar10(folder)).rejects.toThrow(UsageError);
  });

  it('accepts the official class names and no others', async () => {
    const official = 'airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n';
    await expect(readCifar10(writeCifar10(base, { 'batches.meta.txt': official }))).resolves.toBeDefined();
    const folder = writeCifar10(base, { 'batches.meta.txt': 'apple\npear\n' });
    await expect(readCifar10(folder)).rejects.toThrow(/2 class names starting with "apple"/);
  });

  it('reads any bytes, or refuses them as a mistake of the user', async () => {
    const whole = fc.integer({ min: 1, max: 3 }).map(count => records(count));
    const cut = fc
      .tuple(whole, fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([b, part]) => b.subarray(0, b.length * part));
    const broken = fc
      .tuple(whole, fc.nat(), fc.nat({ max: 255 }))
      .map(([bytes, at, value]) => bytes.with(at % bytes.length, value));
    const noise = fc.uint8Array({ maxLength: 100 });
    await fc.assert(
      fc.asyncProperty(fc.oneof(whole, cut, broken, noise), async bytes => {
        const folder = writeCifar10(base, { 'data_batch_1.bin': bytes });
        try {
          const { train } = await readCifar10(folder);
          expect(train.count * RECORD).toBe(bytes.length);
          expect(Math.max(...train.labels)).toBeLessThan(10);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
    );
  });
});

describe('recordImages', () => {
  it('reads the one of several label bytes that is the class', async () => {
    const layout = { shape: [1, 1, 2], labels: [256, 100], label: 1, mostRecords: 5 } as const;
    const file = join(base, 'train.bin');
    writeFileSync(file, Uint8Array.of(200, 42, 1, 2, 7, 99, 3, 4));
    const images = recordImages([await readRecords(file, layout)], layout);
    expect([...images.labels]).toEqual([42, 99]);
    expect([...images.pixels(1)]).toEqual([3, 4]);
    expect(() => images.pixels(2)).toThrow(RangeError);
  });
});

const real = realCifar10();
describe.skipIf(real === undefined)('the real CIFAR-10 files (skipped where they are not found)', () => {
  it('are read whole, with the published mean and deviation, and refused when cut off', async () => {
    const folder = real as string;
    const { train, test } = await readCifar10(folder);
    expect(train.count % 10_000).toBe(0);
    for (const half of [train, test]) {
      const perClass = new Array<number>(10).fill(0);
      for (const label of half.labels) perClass[label] = (perClass[label] as number) + 1;
      // The official training files are balanced as a whole, each one nearly.
      expect(Math.max(...perClass) - Math.min(...perClass)).toBeLessThan(0.02 * half.count);
    }
    const { mean, deviation } = channelStatistics(train);
    for (const [c, [m, d]] of [
      [0.4914, 0.247],
      [0.4822, 0.2435],
      [0.4465, 0.2616],
    ].entries()) {
      expect(Math.abs((mean[c] as number) / 255 - (m as number))).toBeLessThan(0.01);
      expect(Math.abs((deviation[c] as number) / 255 - (d as number))).toBeLessThan(0.01);
    }
    const copy = writeCifar10(base);
    copyFileSync(join(folder, 'test_batch.bin'), join(copy, 'test_batch.bin'));
    writeFileSync(
      join(copy, 'data_batch_1.bin'),
      readFileSync(join(folder, 'test_batch.bin')).subarray(0, -1000),
    );
    await expect(readCifar10(copy)).rejects.toThrow(UsageError);
  });
});
