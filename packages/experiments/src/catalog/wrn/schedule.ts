/**
 * Wide ResNet (Zagoruyko and Komodakis 2016, arXiv:1605.07146), section 3 and figures 2 and 3: what happens after the first drop of
 * the learning rate, and what dropout and weight decay do to it.
 *
 * Paper: loss and validation error rise after the first drop (epoch 60 of 200) and oscillate until the next; weight decay causes it,
 * yet a lower one costs accuracy; dropout partly removes it. Dropout needs no longer training. There are curves, but no numbers.
 *
 * How the traps are met: weight decay of 5e-4 at a rate of 0.1 works over 20,000 steps, and the drop leaves it five times as long. A
 * small training has a tenth of these steps, so that the claims on the rise are decided by the `paper` profile alone. The small sizes
 * decide only whether dropout needs half as many epochs again; a net that has not learnt its images always gains from more, for which
 * the claim is gated on training errors. Dropout at 0.1 as in `wrn-dropout`.
 *
 *   npx nx run experiments:wrn-schedule
 */
import type { Claim } from '../claims.js';
import type { Changes, Experiment, Profile, Variant } from '../experiment.js';
import { haveLearnt } from '../gates.js';
import type { CurveMetric } from '../metrics.js';
import { meanDeviationRecipe, paper, quick, reduced, smoke } from './recipe.js';

const model = 'wrn-28-10';
const RATE = 0.3;
const SMALL_RATE = 0.1;

/** An eighth of what all the others have. */
const lowDecay = { optimizer: { weightDecay: 5e-4 / 8 } };

const variants: readonly Variant[] = [
  { name: 'base', model },
  { name: 'lower decay', model, recipe: lowDecay },
  { name: 'dropout', model, options: { dropout: RATE } },
  { name: 'dropout half as long again', model, options: { dropout: RATE }, recipe: { epochs: 300 } },
];

/** From shortly after the first drop, when the error has fallen, to the second. */
const AFTER_DROP = { from: 0.33, to: 0.6 } as const;
const bump: CurveMetric = { curve: 'testError', feature: 'bump', ...AFTER_DROP };

/** Margin: the paper's dropout gains 0.1 to 0.4 points at equal epochs; a point is more than anything that it reports for dropout. */
const claims: readonly Claim[] = [
  {
    id: 'wrn-lr-drop-bump',
    kind: 'needs-paper-scale',
    why: 'Weight decay works over 20,000 steps, many times those of a reduced training.',
    statement: {
      kind: 'all',
      of: [
        { kind: 'curve-shape', variant: 'base', curve: 'testError', shape: 'rises', ...AFTER_DROP },
        { kind: 'lower', a: 'lower decay', b: 'base', metric: bump },
        { kind: 'lower', a: 'base', b: 'lower decay' },
      ],
    },
  },
  {
    id: 'wrn-dropout-less-bump',
    kind: 'needs-paper-scale',
    why: 'There is no rise to be removed in a training of fewer steps than weight decay works over.',
    statement: { kind: 'lower', a: 'dropout', b: 'base', metric: bump },
  },
  {
    id: 'wrn-dropout-no-extra-epochs',
    kind: 'no-gain',
    a: 'dropout half as long again',
    b: 'dropout',
    margin: 1,
    gates: haveLearnt(25, 'base', 'dropout'),
    proxy: 'WRN-16-10 of an eighth of its width on 16-pixel images, dropout of 0.1, for WRN-28-10 with 0.3',
  },
];

function smaller(epochs: number): Pick<Profile, 'variants'> {
  const net: Changes = { model: 'wrn-16-10' };
  const dropped: Changes = { ...net, options: { dropout: SMALL_RATE } };
  return {
    variants: {
      base: net,
      'lower decay': net,
      dropout: dropped,
      'dropout half as long again': { ...dropped, recipe: { epochs: Math.round(1.5 * epochs) } },
    },
  };
}

export const wrnSchedule: Experiment = {
  name: 'wrn-schedule',
  title: 'Wide ResNet: after the first drop of the rate',
  paper: 'wrn',
  shows:
    'Weight decay makes errors rise after the first drop of the rate; dropout damps that and needs no more epochs.',
  claims,
  variants,
  profiles: {
    smoke: { ...smoke, ...smaller(2) },
    quick: { ...quick, ...smaller(quick.recipe.epochs) },
    reduced: {
      ...reduced,
      ...smaller(20),
      recipe: { ...reduced.recipe, epochs: 20 },
      subset: { train: 5000, test: 2000 },
    },
    paper: { ...paper, recipe: meanDeviationRecipe },
  },
};
