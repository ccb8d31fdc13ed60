import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { channelStatistics } from '@strata/core/data';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCifar100 } from '../../src/data/cifar100.js';
import { temporaryFolder } from './cifar10-files.js';
import { realData } from './photos.js';
import { cifar100Records, tinySets } from './stored-sets.js';

let base: string;
beforeEach(() => {
  base = temporaryFolder();
});
afterEach(() => rmSync(base, { recursive: true }));

describe('readCifar100', () => {
  it('reads the fine labels or the coarse ones, and the same pixels', async () => {
    const folder = await tinySets.cifar100.write(base);
    const fine = await readCifar100(folder, 'fine');
    const coarse = await readCifar100(folder, 'coarse');
    expect([...fine.train.labels]).toEqual([0, 31, 62, 93]);
    expect([...coarse.train.labels]).toEqual([0, 3, 6, 9]);
    expect([fine.classes.length, coarse.classes.length]).toEqual([100, 20]);
    expect(fine.train.pixels(3)).toEqual(cifar100Records(4).subarray(3 * 3074 + 2));
    expect(coarse.train.pixels(3)).toEqual(fine.train.pixels(3));
    expect([fine.name, coarse.name]).toEqual(['cifar100', 'cifar100-coarse']);
    expect(fine.checksum).toBe(coarse.checksum);
  });

  it('refuses a record of which either label is unknown, and the names of other classes', async () => {
    const folder = await tinySets.cifar100.write(base);
    for (const [at, label] of [
      [0, 20],
      [1, 100],
    ] as const) {
      writeFileSync(join(folder, 'train.bin'), cifar100Records(4).with(3074 + at, label));
      await expect(readCifar100(folder, 'fine')).rejects.toThrow(
        `label ${label} in record 1, expected 0 to ${label - 1}`,
      );
    }
    await tinySets.cifar100.write(base);
    writeFileSync(join(folder, 'fine_label_names.txt'), 'apple\npear\n');
    await expect(readCifar100(folder, 'fine')).rejects.toThrow(/2 class names starting with "apple"/);
  });
});

const real = realData('cifar100', 'cifar-100-binary');
describe.skipIf(real === undefined)('the real CIFAR-100 (skipped where it is not found)', () => {
  it('has the published mean and deviation, and images of every class', async () => {
    const { train, test, classes } = await readCifar100(real as string, 'fine');
    expect(new Set(train.labels).size).toBe(100);
    expect(new Set(test.labels).size).toBe(100);
    expect(classes[train.labels[0] as number]).toBeDefined();
    const { mean, deviation } = channelStatistics(train);
    for (const [c, [m, d]] of [
      [0.5071, 0.2673],
      [0.4865, 0.2564],
      [0.4409, 0.2762],
    ].entries()) {
      expect(Math.abs((mean[c] as number) / 255 - (m as number))).toBeLessThan(0.01);
      expect(Math.abs((deviation[c] as number) / 255 - (d as number))).toBeLessThan(0.01);
    }
  });
});
