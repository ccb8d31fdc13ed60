/**
 * Wide ResNet (Zagoruyko and Komodakis 2016, arXiv:1605.07146), table 6: dropout between the convolutions of a block.
 *
 * Paper, error without and with dropout: CIFAR-10 16-4 5.02 and 5.24, 28-10 4.00 and 3.89, 52-1 6.43 and 6.28; CIFAR-100 24.03
 * and 23.91, 19.25 and 18.85, 29.89 and 29.78; SVHN 16-4 1.85 and 1.64, 52-1 2.08 and 1.70 (16-8 by the text: 1.81 and 1.54).
 * Rates are 0.3 on CIFAR and 0.4 on SVHN, found by cross-validation.
 *
 * How the traps are met: a regulariser looks harmful while a net underfits, so that every claim is gated on the training error
 * of the net without it, and dropout removes whole features of narrow blocks, so the small sizes drop 0.1. Depths are one or two
 * steps less (28-10 becomes 16-10, 52-1 28-1, 16-4 10-4), widths such that blocks have 8 to 20 channels and more. CIFAR-100 is
 * its 20 coarse classes. SVHN is trained at paper size only, on the 604,388 images of its two training sets.
 *
 *   npx nx run experiments:wrn-dropout
 */
import type { Claim } from '../claims.js';
import type { Changes, Experiment, Profile, RecipeChanges, Variant } from '../experiment.js';
import { haveLearnt } from '../gates.js';
import { meanDeviationRecipe, paper, quick, reduced, smoke } from './recipe.js';

/**
 * Section 3: 160 epochs from 0.01, divided by ten after 80 and 120, without augmentation. The paper divides pixels by 255, which
 * no normalisation here does; they are normalised by mean and deviation instead.
 */
const svhnRecipe: RecipeChanges = {
  epochs: 160,
  schedule: { initial: 0.01, dropAt: [0.5, 0.75], factor: 0.1 },
  augmentation: [],
};

interface DataOfTable {
  readonly title: string;
  readonly column: string;
  readonly rate: number;
  readonly changes: Changes;
}

const cifar10: DataOfTable = { title: 'CIFAR-10', column: 'cifar10', rate: 0.3, changes: {} };
const cifar100: DataOfTable = {
  title: 'CIFAR-100',
  column: 'cifar100',
  rate: 0.3,
  changes: { dataset: 'cifar100', options: { classes: 100 } },
};
const svhn: DataOfTable = {
  title: 'SVHN',
  column: 'svhn',
  rate: 0.4,
  changes: { dataset: 'svhn-extra', subset: { train: 604_388, test: 26_032 }, recipe: svhnRecipe },
};

const cells: readonly (readonly [string, DataOfTable])[] = [
  ...['16-4', '28-10', '52-1'].flatMap(net => [cifar10, cifar100].map(data => [net, data] as const)),
  ...['16-4', '52-1'].map(net => [net, svhn] as const),
];

const plainName = (net: string, { title }: DataOfTable): string => `${net} on ${title}`;
const droppedName = (net: string, { title }: DataOfTable): string => `${net} with dropout on ${title}`;

const variants: readonly Variant[] = cells.flatMap(([net, data]) => {
  const [depth, k] = net.split('-').map(Number) as [number, number];
  const common = { model: `wrn-${net}`, ...data.changes, paperColumn: data.column };
  return [
    { ...common, name: plainName(net, data), paperRow: { depth, k, dropout: false } },
    {
      ...common,
      name: droppedName(net, data),
      options: { ...data.changes.options, dropout: data.rate },
      paperRow: { depth, k, dropout: true },
    },
  ];
});

const SMALL_RATE = 0.1;

/** 16 channels, 20 channels, 8 channels in the first group. */
const smallNets: Readonly<Record<string, Changes & { model: string; options: { width: number } }>> = {
  '16-4': { model: 'wrn-10-4', options: { width: 1 / 4 } },
  '28-10': { model: 'wrn-16-10', options: { width: 1 / 8 } },
  '52-1': { model: 'wrn-28-1', options: { width: 1 / 2 } },
};

const smaller: Readonly<Record<string, Changes>> = Object.fromEntries(
  cells.flatMap(([net, data]) => {
    const { model, options } = smallNets[net] ?? { model: `wrn-${net}`, options: {} };
    const coarse = data === cifar100;
    const changes = {
      model,
      ...(coarse && { dataset: 'cifar100-coarse' }),
      options: { ...options, ...(coarse && { classes: 20 }) },
    };
    return [
      [plainName(net, data), changes],
      [droppedName(net, data), { ...changes, options: { ...changes.options, dropout: SMALL_RATE } }],
    ];
  }),
);

const helps = (net: string, data: DataOfTable) =>
  ({ kind: 'lower', a: droppedName(net, data), b: plainName(net, data) }) as const;

const PROXY =
  'on 16-pixel images of CIFAR-10 and of the 20 coarse classes of CIFAR-100, with a rate of 0.1 for 0.3';

const claims: readonly Claim[] = [
  {
    id: 'wrn-dropout-wide',
    kind: 'all',
    of: [helps('28-10', cifar10), helps('28-10', cifar100)],
    gates: [...haveLearnt(25, plainName('28-10', cifar10)), ...haveLearnt(50, plainName('28-10', cifar100))],
    proxy: `WRN-16-10 of an eighth of its width ${PROXY}`,
  },
  {
    id: 'wrn-dropout-thin',
    kind: 'all',
    of: [helps('52-1', cifar10), helps('52-1', cifar100)],
    gates: [...haveLearnt(25, plainName('52-1', cifar10)), ...haveLearnt(50, plainName('52-1', cifar100))],
    proxy: `two of the three data sets; below paper size WRN-28-1 of half its width ${PROXY}`,
  },
  {
    id: 'wrn-dropout-16-4-exception',
    kind: 'lower',
    a: plainName('16-4', cifar10),
    b: droppedName('16-4', cifar10),
    gates: haveLearnt(25, plainName('16-4', cifar10)),
    proxy: `WRN-10-4 of a quarter of its width ${PROXY}`,
  },
  {
    id: 'wrn-dropout-svhn',
    kind: 'needs-paper-scale',
    why: 'It is about SVHN with its 531,131 extra images and errors of two percent, for which no small set stands in.',
    statement: { kind: 'all', of: [helps('16-4', svhn), helps('52-1', svhn)] },
  },
];

const onSvhn = variants.filter(({ dataset }) => dataset === 'svhn-extra').map(({ name }) => name);

const atSmallSizes: Pick<Profile, 'variants' | 'without'> = {
  variants: smaller,
  without: [...onSvhn, plainName('16-4', cifar100), droppedName('16-4', cifar100)],
};

export const wrnDropout: Experiment = {
  name: 'wrn-dropout',
  title: 'Wide ResNet: dropout inside blocks',
  paper: 'wrn',
  table: 'wrn-table-6',
  shows: 'Dropout between the convolutions of a block lowers the error of wide and of thin nets a little.',
  claims,
  variants,
  profiles: {
    smoke: { ...smoke, ...atSmallSizes },
    quick: { ...quick, ...atSmallSizes, recipe: { ...quick.recipe, epochs: 4 } },
    reduced: {
      ...reduced,
      ...atSmallSizes,
      purpose:
        'Narrow nets on 5,000 images of 16 pixels over 10 paired seeds: few images, so that there is something to overfit.',
      subset: { train: 5000, test: 2000 },
      recipe: { ...reduced.recipe, epochs: 16 },
    },
    paper: { ...paper, recipe: meanDeviationRecipe },
  },
};
