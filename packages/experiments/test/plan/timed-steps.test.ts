import { experimentNamed } from '@strata/experiments/catalog';
import { declaredData, overrideProfile, planExperiment, stepsToTime } from '@strata/experiments/plan';
import { expect, it } from 'vitest';

const experiment = experimentNamed('vgg-depth');

function steps(settings: readonly string[] = [], seeds = [0], engine = 'onnx') {
  const profile = overrideProfile(experiment.profiles.smoke, settings);
  const data = declaredData(experiment, profile);
  return stepsToTime(planExperiment({ experiment, profileName: 'smoke', profile, ...data, engine, seeds }));
}

const ids = (...request: Parameters<typeof steps>) => steps(...request).map(({ step }) => step);

it('there is one for each variant, whatever its seeds and epochs', () => {
  expect(steps().map(({ variant }) => variant)).toEqual(experiment.variants.map(({ name }) => name));
  expect(new Set(ids())).toHaveLength(experiment.variants.length);
  expect(ids(['recipe.epochs=9'], [3, 4])).toEqual(ids());
});

it.each([
  'recipe.batchSize=16',
  'recipe.optimizer.nesterov=true',
  'options.width=0.125',
  'recipe.freeze={"kind":"first","layers":1}',
])('%s makes others', setting => {
  for (const [i, id] of ids([setting]).entries()) expect(id).not.toBe(ids()[i]);
});

it('another engine makes others, and a set smaller than a batch is one smaller batch', () => {
  expect(ids([], [0], 'wasm')[0]).not.toBe(ids()[0]);
  expect(steps(['recipe.batchSize=512'])[0]?.batchSize).toBe(256);
});
