/**
 * Wide ResNet (Zagoruyko and Komodakis 2016, arXiv:1605.07146), figure 4: time of a training step of wide and of thin nets.
 *
 * Paper, milliseconds for 32 images forward and backward on a Titan X: pre-activation ResNet-164 85, ResNet-1001 512; WRN-40-4 68,
 * 16-10 164, 28-10 312. The errors that the figure shows are not those of tables 4 and 5 and stand in no claim.
 *
 * What is timed are the published networks themselves in `reduced` too, with 4 images a step instead of 32: 1001 layers hold some
 * gigabytes of activations. A CPU is no GPU: it has less to gain from wide convolutions, so that the outcome is one for the device
 * that the report names. Trainings of a step or two are there only for the nets to exist; `strata time wrn-speed --profile=reduced`
 * measures, alone and by turns. At `smoke` and `quick` narrow and shallower nets take their places.
 *
 *   npx nx run experiments:wrn-speed
 */
import type { Claim } from '../claims.js';
import type { Changes, Experiment, Profile, Variant } from '../experiment.js';
import { meanDeviationRecipe, paper, reduced, smoke } from './recipe.js';

const variants: readonly Variant[] = [
  { name: 'PreResNet-164', model: 'preact-resnet-164', paperRow: { net: '164' } },
  { name: 'PreResNet-1001', model: 'preact-resnet-1001', paperRow: { net: '1004 (sic, ResNet-1001)' } },
  { name: 'WRN-40-4', model: 'wrn-40-4', paperRow: { net: '40-4' } },
  { name: 'WRN-16-10', model: 'wrn-16-10', paperRow: { net: '16-10' } },
  { name: 'WRN-28-10', model: 'wrn-28-10', paperRow: { net: '28-10' } },
].map(variant => ({ ...variant, paperColumn: 'error_shown' }));

const claims: readonly Claim[] = [
  {
    id: 'wrn-wide-faster',
    kind: 'all',
    of: [
      { kind: 'speed', a: 'WRN-40-4', b: 'PreResNet-1001' },
      { kind: 'speed', a: 'WRN-28-10', b: 'PreResNet-1001' },
    ],
    proxy: 'steps of 4 images for 32, and at quick narrower and shallower nets',
  },
  {
    id: 'wrn-wide-faster-164',
    kind: 'all',
    of: [
      { kind: 'speed', a: 'WRN-40-4', b: 'PreResNet-164' },
      // About five times the parameters: 8.9 against 1.7 million.
      { kind: 'count', quantity: 'parameters', a: 'PreResNet-164', b: 'WRN-40-4', is: 'fewer' },
    ],
    proxy: 'steps of 4 images for 32, and at quick narrower and shallower nets',
  },
];

const smaller: Readonly<Record<string, Changes>> = {
  'PreResNet-164': { model: 'preact-resnet-29' },
  'PreResNet-1001': { model: 'preact-resnet-164' },
  'WRN-40-4': { model: 'wrn-22-4' },
  'WRN-16-10': { model: 'wrn-10-10' },
  'WRN-28-10': { model: 'wrn-16-10' },
};

const oneStep: Profile = {
  ...reduced,
  purpose: 'The published networks, to time their training steps by; nothing is learnt.',
  subset: { train: 20, test: 10 },
  options: { input: [3, 32, 32] },
  recipe: { ...meanDeviationRecipe, batchSize: 4, epochs: 1 },
  seeds: 1,
};

const narrow: Profile = {
  ...oneStep,
  purpose: 'Narrower and shallower nets, to time their training steps by; nothing is learnt.',
  options: { input: [3, 32, 32], width: 1 / 4 },
  variants: smaller,
};

export const wrnSpeed: Experiment = {
  name: 'wrn-speed',
  title: 'Wide ResNet: time of a training step',
  paper: 'wrn',
  table: 'wrn-fig-4',
  shows: 'Wide nets take less time for a step than thin nets of many more layers, with more parameters.',
  claims,
  variants,
  profiles: {
    smoke: {
      ...narrow,
      options: { input: [3, 16, 16], width: 1 / 8 },
      recipe: { ...smoke.recipe, batchSize: 10, epochs: 1 },
    },
    quick: narrow,
    reduced: oneStep,
    paper: { ...paper, recipe: { ...meanDeviationRecipe, batchSize: 32 } },
  },
};
