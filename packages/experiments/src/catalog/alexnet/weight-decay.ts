/**
 * AlexNet (Krizhevsky, Sutskever and Hinton 2012), section 5: does weight decay lower the training error?
 *
 * Paper, without a number: the decay of 0.0005 "is not merely a regularizer: it reduces the model's training error".
 *
 * Decay works over 1 / (rate x decay) steps: 200,000 at the published values, of some 800,000. The reduced training has about a
 * thousand, in which 0.0005 does nothing; a decay that did as much there would be hundreds of times larger, and another
 * thing beside so few steps of descent. So the claim waits for the paper's size. The small sizes show the published decay and one
 * twenty times as large, and decide nothing.
 *
 *   npx nx run experiments:alexnet-weight-decay
 */
import type { Experiment, Variant } from '../experiment.js';
import { paper, quick, reduced, smoke } from './recipe.js';

function decaying(name: string, weightDecay: number): Variant {
  return { name, model: 'alexnet', recipe: { optimizer: { weightDecay } } };
}

export const alexNetWeightDecay: Experiment = {
  name: 'alexnet-weight-decay',
  title: 'AlexNet: weight decay',
  paper: 'alexnet',
  shows: 'A little weight decay lowers the training error.',
  claims: [
    {
      id: 'alexnet-weight-decay',
      kind: 'needs-paper-scale',
      why: 'Decay works over 1 / (rate x decay) = 200,000 steps; the reduced training has about a thousand.',
      statement: { kind: 'lower', a: 'decay 0.0005', b: 'no decay', metric: 'trainError' },
    },
  ],
  variants: [decaying('no decay', 0), decaying('decay 0.0005', 5e-4), decaying('decay 0.01', 0.01)],
  profiles: { smoke, quick, reduced, paper: { ...paper, without: ['decay 0.01'] } },
};
