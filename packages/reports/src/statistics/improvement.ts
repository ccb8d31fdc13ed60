import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { CONFIDENCE, type Interval } from './t-interval.js';

export interface Improvement {
  /** Share of pairs in which the first side is lower; equal pairs count half. */
  readonly probability: number;
  readonly interval: Interval;
}

/**
 * The probability that the first side of a pair is lower (Bouthillier et al. 2021, "Accounting for variance in machine
 * learning benchmarks", section 4), from differences first - second, with Wilson's score interval (Wilson 1927), which
 * keeps a width where every pair goes one way.
 * @throws RangeError without differences.
 */
export function probabilityOfImprovement(
  differences: readonly number[],
  confidence = CONFIDENCE,
): Improvement {
  const n = differences.length;
  if (n === 0) throw new RangeError('The probability of improvement of no pairs.');
  const wins = differences.reduce((sum, d) => sum + (d < 0 ? 1 : d === 0 ? 0.5 : 0), 0);
  const share = wins / n;
  const z = normalQuantile((1 + confidence) / 2, 0, 1);
  const weight = 1 + (z * z) / n;
  const centre = (share + (z * z) / (2 * n)) / weight;
  const half = (z / weight) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return { probability: share, interval: [Math.max(0, centre - half), Math.min(1, centre + half)] };
}
