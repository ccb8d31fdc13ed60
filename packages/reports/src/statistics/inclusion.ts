import tCdf from '@stdlib/stats-base-dists-t-cdf';
import { mean, sampleDeviation } from './mean.js';
import { type Interval, tInterval } from './t-interval.js';

export interface InclusionTest {
  /** 90 % t-interval of the mean difference: it lies inside the bounds exactly where `pInside` is at most 5 %. */
  readonly interval: Interval;
  /** Of the hypothesis that the mean lies outside the bounds. */
  readonly pInside: number;
  /** Of the hypothesis that it lies within them. */
  readonly pOutside: number;
}

/** Confidence of the interval of an inclusion test at 5 %. */
export const INCLUSION_CONFIDENCE = 0.9;

/**
 * Two one-sided t-tests of paired differences against bounds (Schuirmann 1987; Westlake's interval inclusion): small
 * differences are shown, not merely not refuted. A bound may be infinite. `pOutside` looks at both sides and counts
 * them twice.
 * @throws RangeError below two differences.
 */
export function inclusionTest(differences: readonly number[], [low, high]: Interval): InclusionTest {
  const freedom = differences.length - 1;
  const centre = mean(differences);
  const standardError = sampleDeviation(differences) / Math.sqrt(differences.length);
  const distance = (bound: number): number => {
    if (!Number.isFinite(bound)) return bound;
    const gap = bound - centre;
    return gap === 0 ? 0 : gap / standardError;
  };
  const sides = Number.isFinite(low) && Number.isFinite(high) ? 2 : 1;
  return {
    interval: tInterval(differences, INCLUSION_CONFIDENCE),
    pInside: Math.max(tCdf(distance(low), freedom), tCdf(-distance(high), freedom)),
    pOutside: Math.min(1, sides * Math.min(tCdf(-distance(low), freedom), tCdf(distance(high), freedom))),
  };
}
