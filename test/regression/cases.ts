import type { Experiment, Profile, Variant } from '@strata/experiments/catalog';
import { experimentNamed } from '@strata/experiments/catalog';

/** Two variants on the same tiny data and seeds: one of the papers' comparisons, as small as it can be and still train. */
export interface RegressionCase {
  readonly name: string;
  readonly experiment: Experiment;
  readonly profile: Profile;
}

const { smoke } = experimentNamed('vgg-depth').profiles;
const vggRecipe: Profile['recipe'] = {
  ...smoke.recipe,
  epochs: 2,
  batchSize: 32,
  schedule: { kind: 'steps', initial: 0.01, dropAt: [0.6], factor: 0.1, warmUpSteps: 4 },
};
const wideRecipe: Profile['recipe'] = {
  ...vggRecipe,
  optimizer: { ...vggRecipe.optimizer, form: 'scaled-update', nesterov: true },
  schedule: { ...vggRecipe.schedule, initial: 0.1 },
  augmentation: [{ kind: 'pad-crop', pad: 4, mode: 'reflect' }, { kind: 'flip' }],
};

function caseOf(name: string, variants: readonly Variant[], changes: Partial<Profile>): RegressionCase {
  const profile: Profile = {
    purpose: 'Holds results to what they were.',
    dataset: 'cifar10',
    subset: { train: 320, test: 200 },
    options: { input: [3, 32, 32] },
    recipe: vggRecipe,
    seeds: 2,
    startFromTrained: false,
    ...changes,
  };
  const profiles = { smoke: profile, quick: profile, reduced: profile, paper: profile };
  return { name, profile, experiment: { name, title: name, shows: name, claims: [], variants, profiles } };
}

export const cases: readonly RegressionCase[] = [
  caseOf(
    'lrn',
    [
      { name: 'A', model: 'vgg-a' },
      { name: 'A-LRN', model: 'vgg-a-lrn' },
    ],
    { options: { input: [3, 32, 32], width: 1 / 8, hidden: 32, dropout: 0.2 } },
  ),
  caseOf(
    'dropout in wide blocks',
    [
      { name: 'without', model: 'wrn-10-1' },
      { name: 'with', model: 'wrn-10-1', options: { dropout: 0.3 } },
    ],
    { recipe: wideRecipe },
  ),
  caseOf(
    'activation',
    [
      { name: 'tanh', model: 'lenet-5', options: { activation: 'tanh' } },
      { name: 'relu', model: 'lenet-5', options: { activation: 'relu' } },
    ],
    {
      dataset: 'mnist',
      options: { input: [1, 28, 28] },
      recipe: { ...vggRecipe, augmentation: [] },
    },
  ),
  caseOf(
    'depth, on generated images',
    [
      { name: 'A', model: 'vgg-a' },
      { name: 'B', model: 'vgg-b' },
    ],
    { dataset: 'shapes', options: { input: [3, 32, 32], width: 1 / 16, hidden: 32, dropout: 0.2 } },
  ),
];
