/**
 * Wide ResNet (Zagoruyko and Komodakis 2016, arXiv:1605.07146), table 5: wide nets against thin and very deep ones.
 *
 * Paper, error on CIFAR-10 and CIFAR-100, inputs by mean and deviation, no dropout: ResNet-110 6.43 and 25.16, ResNet-1202 7.93 and
 * 27.82; pre-activation 110 6.37, 164 5.46 and 24.33, 1001 4.92 and 22.71; WRN-40-4 4.53 and 21.18, 16-8 4.27 and 20.43, 28-10 4.00
 * and 19.25. NIN, DSN, FitNet, Highway, ELU and stochastic depth are the numbers of others, by their recipes, and are not trained here;
 * neither is the 1001-layer net at batch 64. The thin nets' numbers too come from their own papers; here all share one recipe.
 *
 * How the traps are met: a thin net of 164 layers and more does not train in the minutes of a small size. There a pre-activation net
 * of 56 layers and half the width stands for the one of 1001, and WRN-16-1 (parameters about as many) and a wider WRN-10 for 40-4 and
 * 16-8; the comparison is gated on both sides' training errors. CIFAR-100 is its 20 coarse classes.
 *
 *   npx nx run experiments:wrn-comparison
 */
import { type Claim, lowest } from '../claims.js';
import type { Changes, Experiment, Profile, Variant } from '../experiment.js';
import { haveLearnt } from '../gates.js';
import { meanDeviationRecipe, paper, quick, reduced, smoke } from './recipe.js';

interface Net {
  readonly name: string;
  readonly model: string;
  readonly method: string;
  readonly depth: string;
  /** The table has no number for some. */
  readonly on100: boolean;
}

const nets: readonly Net[] = [
  { name: 'ResNet-110', model: 'resnet-110', method: 'original ResNet', depth: '110', on100: true },
  { name: 'ResNet-1202', model: 'resnet-1202', method: 'original ResNet', depth: '1202', on100: true },
  { name: 'PreResNet-110', model: 'preact-resnet-110', method: 'pre-act ResNet', depth: '110', on100: false },
  { name: 'PreResNet-164', model: 'preact-resnet-164', method: 'pre-act ResNet', depth: '164', on100: true },
  {
    name: 'PreResNet-1001',
    model: 'preact-resnet-1001',
    method: 'pre-act ResNet',
    depth: '1001',
    on100: true,
  },
  { name: 'WRN-40-4', model: 'wrn-40-4', method: 'WRN', depth: '40-4', on100: true },
  { name: 'WRN-16-8', model: 'wrn-16-8', method: 'WRN', depth: '16-8', on100: true },
  { name: 'WRN-28-10', model: 'wrn-28-10', method: 'WRN', depth: '28-10', on100: true },
];

const on100 = (name: string): string => `${name} on CIFAR-100`;

const variants: readonly Variant[] = [
  ...nets.map(({ name, model, method, depth }) => ({
    name,
    model,
    paperRow: { method, depth_k: depth },
    paperColumn: 'cifar10',
  })),
  ...nets
    .filter(net => net.on100)
    .map(({ name, model, method, depth }) => ({
      name: on100(name),
      model,
      dataset: 'cifar100',
      options: { classes: 100 },
      paperRow: { method, depth_k: depth },
      paperColumn: 'cifar100',
    })),
];

/** The nets of the claims that small sizes decide. */
const trained: Readonly<Record<string, Changes>> = {
  'PreResNet-1001': { model: 'preact-resnet-56', options: { width: 1 / 2 } },
  'WRN-40-4': { model: 'wrn-16-1', options: { width: 1 } },
  'WRN-16-8': { model: 'wrn-10-1.5', options: { width: 1 } },
};

const smaller: Readonly<Record<string, Changes>> = {
  ...trained,
  ...Object.fromEntries(
    Object.entries(trained).map(([name, changes]) => [
      on100(name),
      { ...changes, dataset: 'cifar100-coarse', options: { ...changes.options, classes: 20 } },
    ]),
  ),
};

const atSmallSizes: Pick<Profile, 'variants' | 'without'> = {
  variants: smaller,
  without: variants.map(({ name }) => name).filter(name => !(name in smaller)),
};

const onBoth = (wide: string) =>
  [
    { kind: 'lower', a: wide, b: 'PreResNet-1001' },
    { kind: 'lower', a: on100(wide), b: on100('PreResNet-1001') },
  ] as const;

const gatesOf = (wide: string) => [
  ...haveLearnt(50, wide, 'PreResNet-1001'),
  ...haveLearnt(70, on100(wide), on100('PreResNet-1001')),
];

const THIN = 'a pre-activation net of 56 layers and half the width for 1001 layers';
const DATA = '16-pixel images and the 20 coarse classes of CIFAR-100';

const best = (suffix: (name: string) => string, others: readonly Net[]) =>
  lowest(
    suffix('WRN-28-10'),
    others.map(({ name }) => suffix(name)),
  ).of;

const others = nets.filter(({ name }) => name !== 'WRN-28-10');

const claims: readonly Claim[] = [
  {
    id: 'wrn-wide-beats-thin',
    kind: 'all',
    of: onBoth('WRN-40-4'),
    gates: gatesOf('WRN-40-4'),
    proxy: `WRN-16-1 for WRN-40-4 and ${THIN}, on ${DATA}`,
  },
  {
    id: 'wrn-16-layers-enough',
    kind: 'all',
    of: onBoth('WRN-16-8'),
    gates: gatesOf('WRN-16-8'),
    proxy: `WRN-10-1.5 for WRN-16-8 and ${THIN}, on ${DATA}`,
  },
  {
    id: 'wrn-28-10-best',
    kind: 'needs-paper-scale',
    why: 'It is about all published nets, most of which are too deep to be trained at reduced scale; the numbers of other authors are not trained at all.',
    statement: {
      kind: 'all',
      of: [
        ...best(name => name, others),
        ...best(
          on100,
          others.filter(net => net.on100),
        ),
      ],
    },
  },
];

export const wrnComparison: Experiment = {
  name: 'wrn-comparison',
  title: 'Wide ResNet: wide against thin and very deep',
  paper: 'wrn',
  table: 'wrn-table-5',
  shows: 'Wide nets of 16 to 40 layers err less often than thin nets of a thousand.',
  claims,
  variants,
  profiles: {
    smoke: { ...smoke, ...atSmallSizes },
    quick: { ...quick, ...atSmallSizes, recipe: { ...quick.recipe, epochs: 4 } },
    reduced: { ...reduced, ...atSmallSizes, recipe: { ...reduced.recipe, epochs: 15 } },
    paper: { ...paper, recipe: meanDeviationRecipe },
  },
};
