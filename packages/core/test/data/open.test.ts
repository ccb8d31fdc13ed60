import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir, checkDataSet, dataSetNames, describeDataSets, openDataSet } from '@strata/core/data';
import { UsageError } from '@strata/core/errors';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { records, temporaryFolder, writeCifar10 } from './cifar10-files.js';

let base: string;
let env: Record<string, string>;
beforeEach(() => {
  base = temporaryFolder();
  env = { XDG_CACHE_HOME: join(base, 'cache') };
});
afterEach(() => rmSync(base, { recursive: true }));

function folder(...parts: readonly string[]): string {
  const path = join(base, ...parts);
  mkdirSync(path, { recursive: true });
  return path;
}

describe('looking for a data set', () => {
  it('prefers --data-dir, then STRATA_DATA_DIR, then the cache; in each <dir>/<set> to <dir>', async () => {
    const [given, fromEnv] = [folder('given'), folder('env')];
    const cache = folder('cache', 'strata', 'cifar10');
    const places = { dataDir: given, env: { ...env, STRATA_DATA_DIR: fromEnv } };
    const inOrder = [
      writeCifar10(folder('given', 'cifar10')),
      writeCifar10(given),
      writeCifar10(folder('env', 'cifar10')),
      writeCifar10(fromEnv),
      writeCifar10(cache),
    ];
    for (const expected of inOrder) {
      const { dataSet } = await openDataSet('cifar10', places);
      expect(dataSet.source).toBe(expected);
      rmSync(expected, { recursive: true });
    }
    await expect(openDataSet('cifar10', places)).rejects.toThrow(UsageError);
  });

  it('finds bare files, without the official folder', async () => {
    const official = writeCifar10(base);
    expect((await openDataSet('cifar10', { dataDir: official, env })).dataSet.source).toBe(official);
    for (const name of ['data_batch_1.bin', 'test_batch.bin']) {
      writeFileSync(join(folder('bare', 'cifar10'), name), readFileSync(join(official, name)));
    }
    const { dataSet } = await openDataSet('cifar10', { dataDir: join(base, 'bare'), env });
    expect(dataSet.source).toBe(join(base, 'bare', 'cifar10'));
  });

  it('refuses a --data-dir that is not a directory', async () => {
    const missing = join(base, 'missing');
    await expect(openDataSet('auto', { dataDir: missing, env })).rejects.toThrow(/missing does not exist/);
    writeFileSync(missing, '');
    await expect(openDataSet('shapes', { dataDir: missing, env })).rejects.toThrow(
      /missing is not a directory/,
    );
    await expect(openDataSet('cifar10', { dataDir: missing, env })).rejects.toThrow(
      /missing is not a directory/,
    );
  });

  it('passes over a STRATA_DATA_DIR that is empty or gone', async () => {
    writeCifar10(folder('cache', 'strata'));
    for (const STRATA_DATA_DIR of ['', join(base, 'gone')]) {
      const { note } = await openDataSet('auto', { preferred: 'cifar10', env: { ...env, STRATA_DATA_DIR } });
      expect(note).toBeNull();
    }
  });
});

describe('cacheDir', () => {
  it('follows XDG_CACHE_HOME where it is absolute', () => {
    expect(cacheDir({ XDG_CACHE_HOME: '/somewhere' })).toBe(join('/somewhere', 'strata'));
    expect(cacheDir({ XDG_CACHE_HOME: 'relative', HOME: '/home/someone' })).toMatch(
      /^\/home\/someone.*strata$/,
    );
  });
});

describe('openDataSet', () => {
  it('takes the preferred set under `auto` when it is there, without a word', async () => {
    writeCifar10(base);
    const { dataSet, note } = await openDataSet('auto', { preferred: 'cifar10', dataDir: base, env });
    expect(dataSet.name).toBe('cifar10');
    expect(note).toBeNull();
  });

  it('takes the generated set under `auto` when it is not, and says so in one line', async () => {
    const { dataSet, note } = await openDataSet('auto', {
      preferred: 'cifar10',
      imageShape: [3, 16, 16],
      env,
    });
    expect(dataSet.name).toBe('shapes');
    expect(dataSet.shape).toEqual([3, 16, 16]);
    expect(note).toBe(
      `No cifar10 in ${join(base, 'cache', 'strata')}; training on the generated set shapes instead. Get it with: strata data fetch cifar10`,
    );
  });

  it('says under `auto` that a set without a reader is stood in for', async () => {
    const { note } = await openDataSet('auto', { preferred: 'places365', env });
    expect(note).toBe(
      'There is no reader for the data set places365; training on the generated set shapes instead.',
    );
  });

  it('never stands in for a set that is there but damaged', async () => {
    writeCifar10(base, { 'test_batch.bin': records(2).subarray(1) });
    const opening = openDataSet('auto', { preferred: 'cifar10', dataDir: base, env });
    await expect(opening).rejects.toThrow(UsageError);
  });

  it('says where it looked for a set that was named, and how to get it', async () => {
    const opening = openDataSet('cifar10', { dataDir: base, env: { ...env, STRATA_DATA_DIR: '/elsewhere' } });
    await expect(opening).rejects.toThrow(UsageError);
    const cache = join(base, 'cache', 'strata');
    await expect(opening).rejects.toThrow(
      `No cifar10 in ${base}, /elsewhere, ${cache}. Get it with: strata data fetch cifar10, or say where it is with --data-dir.`,
    );
  });

  it('offers the nearest known name', async () => {
    await expect(openDataSet('cifar-10', { env })).rejects.toThrow(/Did you mean "cifar10"\?/);
  });

  it('refuses a stored set whose images have another shape than the network takes', async () => {
    writeCifar10(base);
    const opening = openDataSet('cifar10', { dataDir: base, env, imageShape: [3, 64, 64] });
    await expect(opening).rejects.toThrow(/cifar10 has 3x32x32 images, and the network takes 3x64x64/);
  });
});

describe('describeDataSets', () => {
  it('names every known set, and where it is', () => {
    const nothing = describeDataSets({ env });
    expect(nothing.map(({ name }) => name)).toEqual(dataSetNames);
    expect(nothing).toContainEqual({ name: 'cifar10', found: false, where: null });
    expect(nothing).toContainEqual({ name: 'shapes', found: true, where: 'generated' });
    const where = writeCifar10(base);
    expect(describeDataSets({ dataDir: base, env })).toContainEqual({ name: 'cifar10', found: true, where });
  });
});

describe('checkDataSet', () => {
  it('counts the images of every class', async () => {
    const source = writeCifar10(base);
    const report = await checkDataSet('cifar10', { dataDir: base, env });
    const { dataSet } = await openDataSet('cifar10', { dataDir: base, env });
    expect(report).toMatchObject({ name: 'cifar10', source, shape: [3, 32, 32], checksum: dataSet.checksum });
    expect(report.train.count).toBe(20);
    expect(report.train.perClass).toEqual(Object.fromEntries(dataSet.classes.map(name => [name, 2])));
    expect(report.test.perClass.frog).toBe(1);
  });
});
