/**
 * AlexNet (Krizhevsky, Sutskever and Hinton 2012), section 3.4: max pooling with windows that overlap (3 pixels at a stride of 2)
 * against windows that do not (2 at 2).
 *
 * Paper: 0.4 points (top-1) and 0.3 points (top-5) less on ImageNet, "compared with the non-overlapping scheme, which produces
 * output of equivalent dimensions"; and nets with overlapping pools are slightly harder to overfit, without a number.
 *
 * Both schemes give maps of the same size only where these have an odd side before every pool, as the published 55, 27 and 13 do.
 * 32-pixel images would give 25, 12 and 5, and fc6 of the second net more inputs. So crops of 30 pixels are cut from them: 23, 11
 * and 5, in both. The published effect is far smaller than ten seeds can find; the plan says how small.
 *
 *   npx nx run experiments:alexnet-pooling
 */
import type { Experiment, Profile } from '../experiment.js';
import { haveLearnt } from '../gates.js';
import { PROXY, paper, quick, reduced, smoke } from './recipe.js';

function oddMaps(profile: Profile): Profile {
  const { options, recipe } = profile;
  return {
    ...profile,
    options: { ...options, input: [3, 30, 30] },
    recipe: {
      ...recipe,
      augmentation: [{ kind: 'rescale-crop', smallest: 32, largest: 32 }, { kind: 'flip' }],
    },
  };
}

export const alexNetPooling: Experiment = {
  name: 'alexnet-pooling',
  title: 'AlexNet: overlapping pooling',
  paper: 'alexnet',
  table: 'alexnet-ablation-text',
  shows: 'Pools that overlap err a little less often than pools that do not, and overfit less.',
  claims: [
    {
      id: 'alexnet-overlap-pool',
      kind: 'all',
      of: [
        { kind: 'lower', a: 'overlapping', b: 'separate' },
        { kind: 'lower', a: 'overlapping', b: 'separate', metric: 'top5Error' },
      ],
      gates: haveLearnt(40, 'overlapping', 'separate'),
      proxy: PROXY,
    },
    {
      id: 'alexnet-overlap-overfit',
      kind: 'lower',
      a: 'overlapping',
      b: 'separate',
      metric: 'gap',
      gates: haveLearnt(40, 'overlapping', 'separate'),
      proxy: PROXY,
    },
  ],
  variants: [
    { name: 'overlapping', model: 'alexnet', options: { pooling: 'overlapping' } },
    { name: 'separate', model: 'alexnet', options: { pooling: 'separate' } },
  ],
  profiles: { smoke: oddMaps(smoke), quick: oddMaps(quick), reduced: oddMaps(reduced), paper },
};
