import { mkdtemp, rm, truncate, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataSet } from '@strata/core/data';
import { loadEngine } from '@strata/core/engine';
import { experimentNamed } from '@strata/experiments/catalog';
import { collectResults } from '@strata/experiments/collect';
import { overrideProfile, planExperiment, plannedData } from '@strata/experiments/plan';
import { inProcessExecutor, runPlan } from '@strata/experiments/runner';
import { openStore, readResponses, runFiles } from '@strata/experiments/store';
import { afterAll, describe, expect, it } from 'vitest';

const experiment = experimentNamed('resnet-responses');
const { dataSet: data } = await openDataSet('shapes', { imageShape: [3, 18, 18] });
const plan = planExperiment({
  experiment,
  profileName: 'smoke',
  profile: overrideProfile(experiment.profiles.smoke, [
    'recipe.epochs=1',
    'subset.train=50',
    'subset.test=20',
  ]),
  data: plannedData({ dataSet: data, note: null }),
  engine: 'onnx',
  seeds: [0],
  only: ['plain-20', 'ResNet-20'],
});
const store = await openStore(await mkdtemp(join(tmpdir(), 'strata-responses-')));
afterAll(() => rm(store, { recursive: true, force: true }));
const context = { store, data, engine: await loadEngine('onnx') };

async function run(): Promise<readonly string[]> {
  const { signal } = new AbortController();
  const runner = { store, executor: inProcessExecutor(context), onEvent: () => {}, signal };
  return [...(await runPlan(runner, plan)).runs.values()];
}

describe('an experiment that measures responses', () => {
  it('keeps those of 19 layers beside each trained run', async () => {
    expect(await run()).toEqual(['trained', 'trained']);
    const { variants } = await collectResults(store, plan, 'the command');
    const runs = variants.flatMap(variant => variant.runs);
    expect(runs).toHaveLength(2);
    for (const { responses } of runs) {
      expect(responses).toHaveLength(19);
      for (const { deviation, gradientNorm } of responses ?? []) {
        expect(deviation).toBeGreaterThan(0);
        expect(gradientNorm).toBeGreaterThan(0);
      }
    }
  });

  it('measures again what is missing or damaged, to the same numbers, and trains nothing', async () => {
    const ids = plan.runs.map(({ id }) => id);
    const before = await Promise.all(ids.map(id => readResponses(store, id)));
    const [first, second] = ids.map(id => runFiles(store, id).responses) as [string, string];
    await unlink(first);
    await truncate(second, 100);
    expect(await run()).not.toContain('trained');
    expect(await Promise.all(ids.map(id => readResponses(store, id)))).toEqual(before);
  });

  it('is the exception: others keep none', () => {
    const depth = experimentNamed('vgg-depth');
    const others = planExperiment({
      experiment: depth,
      profileName: 'smoke',
      profile: depth.profiles.smoke,
      data: { ...plannedData({ dataSet: data, note: null }), shape: [3, 32, 32] },
      engine: 'onnx',
      seeds: [0],
    });
    expect(others.runs.some(({ measuresResponses }) => measuresResponses)).toBe(false);
  });
});
