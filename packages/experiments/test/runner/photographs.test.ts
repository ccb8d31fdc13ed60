import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataSet } from '@strata/core/data';
import { loadEngine } from '@strata/core/engine';
import { UsageError } from '@strata/core/errors';
import type { Protocol } from '@strata/core/training';
import { experimentNamed, type Profile } from '@strata/experiments/catalog';
import { collectExhibits, collectResults } from '@strata/experiments/collect';
import {
  type Plan,
  type PlannedEvaluation,
  type PlannedRun,
  planEvaluations,
  planExperiment,
  plannedData,
} from '@strata/experiments/plan';
import { ensureEvaluation, featuresOfRun, inProcessExecutor, runPlan } from '@strata/experiments/runner';
import { type EvaluationResult, openStore, readEvaluation, runStatus } from '@strata/experiments/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCore } from '../../../core/test/data/built-core.js';
import { realData, writePhotoFolder } from '../../../core/test/data/photos.js';

const experiment = experimentNamed('vgg-depth');
const smoke = experiment.profiles.smoke;
const profile: Profile = {
  ...smoke,
  dataset: 'image-folder',
  subset: { train: 16, test: 8 },
  recipe: {
    ...smoke.recipe,
    epochs: 1,
    batchSize: 8,
    augmentation: [
      { kind: 'rescale-crop', smallest: 32, largest: 48 },
      { kind: 'flip' },
      { kind: 'pca-colour', deviation: 0.1 },
    ],
  },
};

let folder: string;
const before = process.env.XDG_CACHE_HOME;
beforeAll(async () => {
  buildCore();
  folder = await mkdtemp(join(tmpdir(), 'strata-photographs-'));
  process.env.XDG_CACHE_HOME = join(folder, 'cache');
}, 120_000);
afterAll(async () => {
  if (before === undefined) delete process.env.XDG_CACHE_HOME;
  else process.env.XDG_CACHE_HOME = before;
  await rm(folder, { recursive: true, force: true });
});

async function planOn(name: string, dataDir: string, changes: Partial<Profile> = {}) {
  const { dataSet: data } = await openDataSet(name, { dataDir, env: {} });
  const plan = planExperiment({
    experiment,
    profileName: 'smoke',
    profile: { ...profile, ...changes },
    data: plannedData({ dataSet: data, note: null }),
    engine: 'onnx',
    seeds: [0],
    only: ['A'],
  });
  return { plan, data };
}

async function trained(name: string, dataDir: string, storeName: string, changes: Partial<Profile> = {}) {
  const { plan, data } = await planOn(name, dataDir, changes);
  const store = await openStore(join(folder, storeName));
  const engine = await loadEngine('onnx');
  const executor = inProcessExecutor({ store, data, engine });
  const signal = new AbortController().signal;
  const context = { store, data, engine, executor, signal, onEvent: () => {} };
  const outcome = await runPlan(context, plan);
  return { plan, data, store, outcomes: [...outcome.runs.values()] };
}

async function resultOf(plan: Plan, store: string) {
  const [run] = plan.runs;
  if (!run) throw new Error('the plan should hold A');
  const { result } = await runStatus(store, run.id);
  const evaluations = await Promise.all(
    run.evaluations.map(({ evaluation }) => readEvaluation(store, evaluation)),
  );
  return { result, evaluations };
}

describe('a training on photographs', () => {
  it('crops, trains and tests them, twice with the same bits', async () => {
    await writePhotoFolder(join(folder, 'photos'), ['a', 'b'], { train: 8, val: 4 });
    const found = [];
    for (const storeName of ['first', 'second']) {
      const { plan, store, outcomes } = await trained('image-folder', join(folder, 'photos'), storeName);
      expect(outcomes).toEqual(['trained']);
      found.push(await resultOf(plan, store));
    }
    const [first, second] = found;
    expect(first?.result?.inputsSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(second?.result).toMatchObject({
      weightsSha256: first?.result?.weightsSha256,
      inputsSha256: first?.result?.inputsSha256,
    });
    expect(first?.evaluations).toMatchObject([
      { evaluation: { split: 'test', protocol: { kind: 'centre-crop', scales: [40] } }, count: 8 },
      { evaluation: { split: 'train', protocol: { kind: 'centre-crop', scales: [40] } }, count: 16 },
    ]);
    expect(second?.evaluations).toEqual(first?.evaluations);
  });

  it('is not needed for features of them, which are of their middle', async () => {
    await writePhotoFolder(join(folder, 'seen'), ['a', 'b'], { train: 8, val: 4 });
    const recipe = { ...profile.recipe, augmentation: [] };
    const { plan, store } = await trained('shapes', folder, 'shapes', { dataset: 'shapes', recipe });
    const { dataSet: data } = await openDataSet('image-folder', { dataDir: join(folder, 'seen'), env: {} });
    const context = { store, data, engine: await loadEngine('onnx') };
    const request = { run: plan.runs[0]?.id ?? '', layer: 'fc2', split: 'test' } as const;
    expect((await featuresOfRun(context, request)).count).toBe(8);
  });

  it('is refused before it begins where the recipe does not crop', async () => {
    await writePhotoFolder(join(folder, 'others'), ['a', 'b'], { train: 8, val: 4 });
    const planned = planOn('image-folder', join(folder, 'others'), {
      recipe: { ...profile.recipe, augmentation: [] },
    });
    await expect(planned).rejects.toThrow(UsageError);
    await expect(planned).rejects.toThrow(/photographs of many sizes.*rescale-crop/);
  });
});

const imagenette = realData('imagenette');
describe.skipIf(imagenette === undefined)('a training on Imagenette (skipped where it is not found)', () => {
  it('runs to its end, and is tested alike in all ways that come to the same', async () => {
    const { plan, data, store, outcomes } = await trained(
      'imagenette',
      join(imagenette as string, '..'),
      'imagenette',
    );
    expect(outcomes).toEqual(['trained']);
    expect((await resultOf(plan, store)).result?.state).toBe('done');
    const { predictions } = await collectExhibits(store, await collectResults(store, plan, ''), data);
    expect(predictions?.pictures.map(picture => picture?.shape)).toEqual(
      Array.from({ length: 8 }, () => [3, 72, 72]),
    );
    const [run] = plan.runs;
    if (!run) throw new Error('the plan should hold A');
    const context = { store, data, engine: await loadEngine('onnx') };
    const tested = async (protocol: Protocol, networks = 1): Promise<EvaluationResult> => {
      const runs = new Array<PlannedRun>(networks).fill(run);
      const definition = { name: 'asked', protocol, split: 'test' } as const;
      const [planned] = planEvaluations(
        [definition],
        runs.map(({ id }) => id),
      ) as [PlannedEvaluation];
      return (await ensureEvaluation(context, runs, planned)).result;
    };
    const [side, larger] = [32, 48];
    const centre = await tested({ kind: 'centre-crop', scales: [side] });
    const tenCrop = await tested({ kind: 'ten-crop', scales: [larger] });
    const dense = { kind: 'dense', flip: true, scales: [side, larger] } as const;

    // Of an image as large as a crop there is one crop, and one place.
    expectSame(await tested({ kind: 'dense', flip: false, scales: [side] }), centre);
    const flipped = await tested({ kind: 'grid-crop', grid: 1, flip: true, scales: [side] });
    expectSame(await tested({ kind: 'ten-crop', scales: [side] }), flipped);
    expectSame(await tested({ kind: 'grid-crop', grid: 3, flip: true, scales: [side] }), flipped);
    expectSame(await tested({ kind: 'dense', flip: true, scales: [side] }), flipped);
    // Ten crops are four corners and the middle.
    const crops = { kind: 'grid-crop', flip: true, scales: [larger] } as const;
    const corners = { ...crops, grid: 2 };
    const middle = { ...crops, grid: 1 };
    const weighted = { kind: 'combined', parts: [corners, corners, corners, corners, middle] } as const;
    expectSame(await tested(weighted), tenCrop);
    // Several scales are a mean over scales, and networks that agree are one.
    const scaleByScale = dense.scales.map(scale => ({ ...dense, scales: [scale] }));
    expectSame(await tested({ kind: 'combined', parts: scaleByScale }), await tested(dense));
    expectSame(await tested({ kind: 'ten-crop', scales: [larger] }, 2), tenCrop);
    // What differs, differs.
    expect(new Set([centre, flipped, tenCrop, await tested(dense)].map(({ loss }) => loss)).size).toBe(4);
  });
});

/** Sums in another order differ by rounding. */
function expectSame(a: EvaluationResult, b: EvaluationResult): void {
  expect(a.loss).toBeCloseTo(b.loss ?? Number.NaN, 5);
  expect(a.predicted).toEqual(b.predicted);
  expect(a.rank).toEqual(b.rank);
}
