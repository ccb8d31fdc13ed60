import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fitInput, type Normalisation, readyInput } from '@strata/core/data';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contrastNormalise, contrastNormalised } from '../../src/data/gcn.js';
import type { NormalisedSet } from '../../src/data/normalised-set.js';
import { fitZca, whitened } from '../../src/data/zca.js';
import { countedImages } from './images.js';
import { distance, fixture, fixtureImages } from './preprocessing-fixture.js';

describe('contrast normalisation', () => {
  it('is that of the maxout paper’s code', () => {
    const { values } = contrastNormalised(fixtureImages, fixture.gcn.scale);
    for (const [i, expected] of fixture.gcn.values.entries())
      expect(distance(values(i), expected)).toBeLessThan(1e-5);
  });

  it('gives every image mean 0 and the asked length, but leaves one without contrast at 0', () => {
    const pixels = fc.uint8Array({ minLength: 2, maxLength: 60 });
    fc.assert(
      fc.property(pixels, fc.double({ min: 0.1, max: 100, noNaN: true }), (image, scale) => {
        const out = new Float32Array(image.length);
        contrastNormalise(image, scale, out);
        const sum = out.reduce((a, b) => a + b, 0);
        const length = Math.sqrt(out.reduce((a, b) => a + b * b, 0));
        expect(Math.abs(sum)).toBeLessThan(1e-3 * scale);
        const isFlat = image.every(level => level === image[0]);
        expect(length).toBeCloseTo(isFlat ? 0 : scale, 2);
      }),
    );
  });
});

describe('ZCA', () => {
  const { scale, bias } = fixture.zca;

  it('is NumPy’s by eigenvectors: mean, matrix and whitened images', async () => {
    const normalised = contrastNormalised(fixtureImages, scale);
    const zca = await fitZca(normalised, bias);
    expect(distance(zca.mean, fixture.zca.mean)).toBeLessThan(1e-5);
    expect(distance(zca.matrix, fixture.zca.matrix.flat())).toBeLessThan(1e-4);
    const { values } = await whitened(normalised, zca);
    for (const [i, expected] of fixture.zca.values.entries())
      expect(distance(values(i), expected)).toBeLessThan(1e-4);
  });

  it('leaves the training images uncorrelated, of variance v / (v + bias) along an axis of variance v', async () => {
    const images = countedImages(600, [1, 3, 3]);
    const normalised = contrastNormalised(images, 3);
    const small = 1e-6;
    const white = await whitened(normalised, await fitZca(normalised, small));
    const covariance = covarianceOf(white);
    // One direction has no variance: contrast normalisation took the mean of each image away.
    const projector = covariance.map((row, i) => row.map((x, j) => x - (i === j ? 1 : 0) + 1 / 9));
    expect(Math.max(...projector.flat().map(Math.abs))).toBeLessThan(1e-2);
  });
});

function covarianceOf(set: NormalisedSet): number[][] {
  const rows = Array.from({ length: set.count }, (_, i) => [...set.values(i)]);
  const size = rows[0]?.length ?? 0;
  const mean = Array.from(
    { length: size },
    (_, j) => rows.reduce((sum, row) => sum + (row[j] as number), 0) / rows.length,
  );
  return mean.map((a, i) =>
    mean.map(
      (b, j) =>
        rows.reduce((sum, row) => sum + ((row[i] as number) - a) * ((row[j] as number) - b), 0) / rows.length,
    ),
  );
}

describe('fitInput', () => {
  let cacheDir: string;
  beforeEach(async () => {
    cacheDir = await mkdtemp(join(tmpdir(), 'strata-fit-'));
  });
  afterEach(() => rm(cacheDir, { recursive: true, force: true }));

  const normalisation: Normalisation = { kind: 'zca', scale: 8, bias: 0.1 };
  const fit = (changes: { images?: unknown; normalisation?: Normalisation } = {}) =>
    fitInput(fixtureImages, {
      normalisation: changes.normalisation ?? normalisation,
      augmentation: [],
      input: fixture.shape,
      cache: { cacheDir, images: changes.images ?? 'these' },
    });
  const files = (): Promise<string[]> => readdir(join(cacheDir, 'fitted'));

  it('reads again what it has fitted once: the same bits, the same hash', async () => {
    const first = await fit();
    const [file] = await files();
    const before = await readFile(join(cacheDir, 'fitted', file as string));
    const second = await fit();
    expect(second).toEqual(first);
    expect(await readFile(join(cacheDir, 'fitted', file as string))).toEqual(before);
    expect(await files()).toHaveLength(1);
  });

  it('fits anew for other images and another bias, and says so by another hash', async () => {
    const first = await fit();
    await fit({ images: 'others' });
    const biased = await fit({ normalisation: { ...normalisation, bias: 0.2 } });
    expect(await files()).toHaveLength(3);
    expect(biased.sha256).not.toBe(first.sha256);
  });

  it('fits anew what is damaged, and goes on where nothing can be kept', async () => {
    const first = await fit();
    const [file] = await files();
    const path = join(cacheDir, 'fitted', file as string);
    const bytes = await readFile(path);
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: bytes.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, by) => {
          const damaged = Buffer.from(bytes);
          damaged[at] = ((damaged[at] as number) + by) % 256;
          await writeFile(path, damaged);
          expect(await fit()).toEqual(first);
        },
      ),
      { numRuns: 20 },
    );
    await rm(cacheDir, { recursive: true });
    await writeFile(cacheDir, 'not a folder');
    expect(await fit()).toEqual(first);
  });

  it('whitens images that it was not fitted to by the same matrix', async () => {
    const fitted = await fit();
    const { shape, labels, pixels } = fixtureImages;
    const two = { count: 2, shape, labels, pixels };
    const [all, few] = await Promise.all(
      [fixtureImages, two].map(images => readyInput(images, normalisation, fitted)),
    );
    const values = (set: unknown, i: number): Float32Array => (set as NormalisedSet).values(i);
    expect(distance(values(few, 1), values(all, 1))).toBeLessThan(1e-5);
  });
});
