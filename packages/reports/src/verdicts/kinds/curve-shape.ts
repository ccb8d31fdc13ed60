import { curves } from '@strata/experiments/catalog';
import { runIds, valuesOf } from '../claim-results.js';
import type { KindRule, StatementOf } from '../finding.js';
import { included } from './inclusion.js';
import { FEWEST_PAIRS, fewestForSigns, signFlipped, untested } from './paired.js';

/** How a curve goes: sign-flip test of its change by seed, or, for "does not rise", inclusion of that below the margin. */
export const curveShape: KindRule<StatementOf<'curve-shape'>> = {
  decides: 'by a test',
  fewest: ({ shape }, level) => (shape === 'no-rise' ? FEWEST_PAIRS : fewestForSigns(level)),
  examine({ variant, curve, from, to, shape, margin = 0 }, results) {
    const changes = valuesOf(results, variant, { curve, from, to, feature: 'change' });
    const sorted = [...changes].sort(([a], [b]) => a - b);
    const paired = { seeds: sorted.map(([seed]) => seed), differences: sorted.map(([, change]) => change) };
    const finding = untested(results, paired, curves[curve].unit, runIds(results, [variant], paired.seeds));
    return shape === 'no-rise'
      ? included(finding, [Number.NEGATIVE_INFINITY, margin])
      : signFlipped(finding, shape === 'falls' ? -1 : 1);
  },
};
