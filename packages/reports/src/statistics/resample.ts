import { type Stream, stream } from '@strata/core/random';

/** Resamples behind every bootstrap interval: enough for its ends to stand to about a fiftieth of their width. */
export const RESAMPLES = 2000;

/** Statistics draw from one fixed stream a use, so that a report says the same twice. */
export function statisticsStream(use: string): Stream {
  return stream(0, 'statistics', use);
}

/** The means of bootstrap resamples of the values: `count` of them, each of as many values drawn with replacement. */
export function resampledMeans(values: readonly number[], random: Stream, count = RESAMPLES): Float64Array {
  const n = values.length;
  return Float64Array.from({ length: count }, (_, r) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += values[random.below(n, r * n + i)] as number;
    return sum / n;
  });
}

/** The quantile of sorted values, linear between neighbours (Hyndman and Fan 1996, definition 7). */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) throw new RangeError('The quantile of no values.');
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] as number;
  const above = sorted[Math.ceil(place)] as number;
  return below + (place - Math.floor(place)) * (above - below);
}
