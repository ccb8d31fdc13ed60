import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { mean, sampleDeviation } from './mean.js';

/** Lower and upper end. */
export type Interval = readonly [low: number, high: number];

/** Confidence of every interval that is shown. */
export const CONFIDENCE = 0.95;

/** Student's interval for the mean of independent values, two-sided. @throws RangeError below two values. */
export function tInterval(values: readonly number[], confidence = CONFIDENCE): Interval {
  const centre = mean(values);
  const standardError = sampleDeviation(values) / Math.sqrt(values.length);
  const half = tQuantile((1 + confidence) / 2, values.length - 1) * standardError;
  return [centre - half, centre + half];
}
