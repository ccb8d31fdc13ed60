import { type Metric, metricUnit, type Term } from '@strata/experiments/catalog';
import {
  INCLUSION_CONFIDENCE,
  type Interval,
  inclusionTest,
  pairedDifferences,
} from '../../statistics/index.js';
import { type ClaimResults, runIds, valuesOf } from '../claim-results.js';
import type { Finding, KindRule, StatementOf } from '../finding.js';
import { FEWEST_PAIRS, untested } from './paired.js';

/** |a - b| below the margin: the 90 % interval of the paired difference lies inside it, or wholly outside. */
export const noDifference: KindRule<StatementOf<'no-difference'>> = {
  decides: 'by a test',
  fewest: () => FEWEST_PAIRS,
  examine: ({ a, b, margin, metric = 'top1Error' }, results) =>
    includedDifference(results, a, b, metric, [-margin, margin]),
};

/** a - b above minus the margin: the same with one bound. */
export const noGain: KindRule<StatementOf<'no-gain'>> = {
  decides: 'by a test',
  fewest: () => FEWEST_PAIRS,
  examine: ({ a, b, margin, metric = 'top1Error' }, results) =>
    includedDifference(results, a, b, metric, [-margin, Number.POSITIVE_INFINITY]),
};

function includedDifference(
  results: ClaimResults,
  a: Term,
  b: Term,
  metric: Metric,
  bounds: Interval,
): Finding {
  const paired = pairedDifferences(valuesOf(results, a, metric), valuesOf(results, b, metric));
  return included(
    untested(results, paired, metricUnit(metric), runIds(results, [a, b], paired.seeds)),
    bounds,
  );
}

/** The inclusion test of a statement that says: the mean difference lies inside the bounds. */
export function included(finding: Omit<Finding, 'method'>, bounds: Interval): Finding {
  const method = 'interval inclusion (one-sided t-tests)';
  if (finding.n < 2) return { ...finding, confidence: INCLUSION_CONFIDENCE, method };
  const { interval, pInside, pOutside } = inclusionTest(finding.pairs, bounds);
  return {
    ...finding,
    interval,
    confidence: INCLUSION_CONFIDENCE,
    p: Math.min(pInside, pOutside),
    side: pInside < pOutside ? 'agrees' : 'opposite',
    method,
  };
}
