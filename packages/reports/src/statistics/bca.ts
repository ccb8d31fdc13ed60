import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { mean } from './mean.js';
import { quantile, RESAMPLES, resampledMeans, statisticsStream } from './resample.js';
import { CONFIDENCE, type Interval } from './t-interval.js';

/**
 * The bias-corrected and accelerated bootstrap interval for a mean: Efron 1987, "Better bootstrap confidence intervals",
 * with the acceleration from the jackknife (Efron and Tibshirani 1993, equation 14.15). Descriptive: below twenty values
 * it is too narrow to decide anything. Equal values give an interval of no width.
 * @throws RangeError below two values.
 */
export function bcaInterval(
  values: readonly number[],
  confidence = CONFIDENCE,
  resamples = RESAMPLES,
): Interval {
  if (values.length < 2) throw new RangeError('A bootstrap interval needs two values.');
  const centre = mean(values);
  const means = resampledMeans(values, statisticsStream('bca'), resamples).sort();
  if (means[0] === means[means.length - 1]) return [centre, centre];
  const bias = normalQuantile(shareBelow(means, centre), 0, 1);
  const acceleration = accelerationOf(values, centre);
  const end = (share: number): number => {
    const z = bias + normalQuantile(share, 0, 1);
    return quantile(means, normalCdf(bias + z / (1 - acceleration * z), 0, 1));
  };
  return [end((1 - confidence) / 2), end((1 + confidence) / 2)];
}

/** Means equal to the centre count half, and none is ever all or nothing: the correction stays finite. */
function shareBelow(means: Float64Array, centre: number): number {
  const tolerance = 1e-12 * Math.max(1, Math.abs(centre));
  let below = 0;
  for (const value of means) {
    if (Math.abs(value - centre) <= tolerance) below += 0.5;
    else if (value < centre) below += 1;
  }
  const share = below / means.length;
  return Math.min(Math.max(share, 0.5 / means.length), 1 - 0.5 / means.length);
}

/** A jackknife mean differs from the mean by the value's own distance over n - 1, so the moments are those of the values. */
function accelerationOf(values: readonly number[], centre: number): number {
  let squares = 0;
  let cubes = 0;
  for (const value of values) {
    squares += (value - centre) ** 2;
    cubes += (value - centre) ** 3;
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}
