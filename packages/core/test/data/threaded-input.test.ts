import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Augmentation,
  channelStatistics,
  type FittedInput,
  fitInput,
  type InputImages,
  openTraining,
  type PhotoSet,
  type ThreadedTrainingOptions,
  trainingBatches,
} from '@strata/core/data';
import type { Batch } from '@strata/core/engine';
import { UsageError } from '@strata/core/errors';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { colourAxes } from '../../src/data/colour.js';
import { contrastNormalised } from '../../src/data/gcn.js';
import { readPhotoFolder } from '../../src/data/photo-folder.js';
import { buildCore } from './built-core.js';
import { countedImages } from './images.js';
import { writePhotoFolder } from './photos.js';

beforeAll(buildCore, 120_000);

const images = countedImages(23, [3, 9, 8]);
const augmentation: readonly Augmentation[] = [
  { kind: 'rescale-crop', smallest: 8, largest: 12 },
  { kind: 'pad-crop', pad: 2, mode: 'reflect' },
  { kind: 'flip' },
  { kind: 'affine', translate: 1, scale: 0.1, squeeze: 0.1, shear: 0.1 },
  { kind: 'pca-colour', deviation: 0.1 },
];
const options: ThreadedTrainingOptions = {
  batchSize: 4,
  normalisation: { kind: 'mean-deviation' },
  statistics: { ...channelStatistics(images), colour: colourAxes(images) },
  augmentation,
  input: [3, 8, 8],
  seed: 3,
};

/** Threads that this process has beside its own. */
function threads(): number {
  const report = process.report?.getReport() as unknown as { workers: unknown[] };
  return report.workers.length;
}

afterEach(() => expect(threads()).toBe(0));

type Place = readonly [epoch: number, step: number];

async function batchesOf(
  set: InputImages,
  changes: Partial<ThreadedTrainingOptions>,
  places: readonly Place[],
): Promise<Batch[]> {
  const training = openTraining(set, { ...options, ...changes });
  const batches: Batch[] = [];
  try {
    for (const [epoch, step] of places) batches.push(await training.batchAt(epoch, step));
  } finally {
    await training.dispose();
  }
  return batches;
}

const threading = fc.record({ workers: fc.integer({ min: 1, max: 3 }), depth: fc.nat({ max: 5 }) });
const STEPS = 5;
const inOrder: readonly Place[] = Array.from({ length: 2 * STEPS }, (_, n) => [
  Math.floor(n / STEPS),
  n % STEPS,
]);
const anyOrder = fc.array(fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: STEPS - 1 })), {
  minLength: 1,
  maxLength: 8,
});

describe('openTraining', () => {
  it('gives the bits of the calling thread, whatever the number of threads, the depth and the order', async () => {
    const { batchAt } = trainingBatches(images, options);
    await fc.assert(
      fc.asyncProperty(threading, fc.oneof(fc.constant(inOrder), anyOrder), async (how, places) => {
        const expected = places.map(([epoch, step]) => batchAt(epoch, step));
        expect(await batchesOf(images, how, places)).toEqual(expected);
      }),
      { numRuns: 12 },
    );
  });

  it('does so for images that are normalised already', async () => {
    const set = contrastNormalised(images, 10);
    const changes = {
      augmentation: augmentation.slice(1, 4),
      input: set.shape,
      normalisation: { kind: 'gcn', scale: 10 },
    } as const;
    const inThread = await batchesOf(set, { ...changes, workers: 0 }, inOrder);
    expect(await batchesOf(set, { ...changes, workers: 2 }, inOrder)).toEqual(inThread);
  });

  it('makes no batch beyond the last epoch, and refuses a step that there is not', async () => {
    expect(await batchesOf(images, { workers: 1, depth: 9, epochs: 1 }, [[0, STEPS - 1]])).toHaveLength(1);
    await expect(batchesOf(images, { workers: 1 }, [[0, STEPS]])).rejects.toThrow(RangeError);
  });

  it('gives batches under way up when it is disposed of, and no more of them afterwards', async () => {
    const training = openTraining(images, { ...options, workers: 2 });
    const first = Promise.resolve(training.batchAt(0, 0)).then(
      () => 'made',
      () => 'given up',
    );
    await training.dispose();
    expect(['made', 'given up']).toContain(await first);
    await expect(Promise.resolve(training.batchAt(0, 1))).rejects.toThrow(/has ended/);
  });

  it('makes one thread for held images, which does not keep a process alive that forgets it', () => {
    const script = `
      import { openTraining } from ${JSON.stringify(new URL('../../dist/data/index.js', import.meta.url).href)};
      const images = { count: 4, shape: [1, 2, 2], labels: new Uint16Array(4), pixels: () => new Uint8Array(4) };
      const training = openTraining(images, { batchSize: 2, normalisation: { kind: 'mean' }, statistics: { mean: [0], deviation: [1] }, augmentation: [], seed: 0 });
      console.log((await training.batchAt(0, 0)).count, process.report.getReport().workers.length);`;
    const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      timeout: 30_000,
    });
    expect({ stdout, status }).toEqual({ stdout: '2 1\n', status: 0 });
  });
});

describe('openTraining on photographs', () => {
  let folder: string;
  let photos: PhotoSet;
  let fitted: FittedInput;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'strata-photos-'));
    await writePhotoFolder(folder, ['a', 'b'], { train: 10, val: 1 });
    photos = (await readPhotoFolder(folder, { name: 'image-folder' })).train;
    fitted = await fitInput(photos, { normalisation: options.normalisation, augmentation, input: [3, 8, 8] });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('gives the same bits whatever the threads, the depth and the order, from files or from bytes', async () => {
    const { file: _, ...bytes } = photos;
    const { statistics } = fitted;
    const expected = await batchesOf(photos, { statistics, workers: 1, depth: 0 }, inOrder);
    await fc.assert(
      fc.asyncProperty(threading, anyOrder, fc.boolean(), async (how, places, isFile) => {
        const found = await batchesOf(
          isFile ? photos : bytes,
          { ...how, statistics },
          places.map(([e, s]) => [e % 2, s]),
        );
        expect(found).toEqual(places.map(([e, s]) => expected[(e % 2) * STEPS + s]));
      }),
      { numRuns: 10 },
    );
  });

  it('crops otherwise in every epoch, and shows the labels of the photographs', async () => {
    const [first, second] = await Promise.all(
      [0, 1].map(epoch => batchesOf(photos, { statistics: fitted.statistics, batchSize: 20 }, [[epoch, 0]])),
    );
    expect(first?.[0]?.images).not.toEqual(second?.[0]?.images);
    expect([...(first?.[0]?.labels ?? [])].sort()).toEqual([...photos.labels].sort());
  });

  it('names a damaged file when its batch is asked for, not before, and ends its threads', async () => {
    const damaged = join(folder, 'train', 'b', '3.jpg');
    const broken: PhotoSet = {
      ...photos,
      file: i => (i === 13 ? join(folder, 'broken.jpg') : (photos.file?.(i) ?? '')),
    };
    writeFileSync(join(folder, 'broken.jpg'), Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]));
    expect(broken.describe(13)).toBe(damaged);
    const training = openTraining(broken, {
      ...options,
      statistics: fitted.statistics,
      workers: 2,
      depth: 5,
    });
    const outcomes: unknown[] = [];
    for (let step = 0; step < STEPS; step++)
      outcomes.push(await Promise.resolve(training.batchAt(0, step)).catch((error: unknown) => error));
    await training.dispose();
    const errors = outcomes.filter(outcome => outcome instanceof UsageError);
    expect(errors).toHaveLength(1);
    expect((errors[0] as UsageError).message).toContain(damaged);
    expect(outcomes.filter(outcome => outcome instanceof Error)).toHaveLength(1);
  });

  it('names a file that is gone', async () => {
    const gone: PhotoSet = { ...photos, file: () => join(folder, 'nowhere.jpg') };
    await expect(batchesOf(gone, { statistics: fitted.statistics }, [[0, 0]])).rejects.toThrow(
      /cannot be read.*ENOENT/,
    );
  });
});
