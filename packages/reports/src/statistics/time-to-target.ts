import type { BySeed, Paired } from './paired.js';

/** One run's values by epoch, and the epoch at which it was to end. */
export interface Race {
  readonly values: ReadonlyMap<number, number>;
  readonly horizon: number;
}

/** When a run first reached the target, or that it had not when time was up. */
export interface Arrival {
  readonly epoch: number;
  readonly censored: boolean;
}

/**
 * The first epoch at which the value is at or below the target. A run that never gets there, whether it went on, stalled
 * or diverged, is censored at its horizon: it would have taken longer than that.
 */
export function arrivalOf({ values, horizon }: Race, target: number): Arrival {
  const epochs = [...values.keys()].sort((a, b) => a - b);
  const epoch = epochs.find(candidate => candidate <= horizon && (values.get(candidate) as number) <= target);
  return epoch === undefined ? { epoch: horizon, censored: true } : { epoch, censored: false };
}

export interface Sooner extends Paired {
  /** Pairs in which one run, or both, never arrived. */
  readonly censored: number;
}

/**
 * Paired log ratios of the times to a target, log(a / b), with times cut at the horizon that both have in common. Cutting
 * is conservative twice over. Both times of a pair go through the same function min(t, horizon), so where a seed's two
 * times can be exchanged (the null hypothesis), the cut ones can too: the log ratio stays symmetric about zero, and a
 * sign-flip test of it keeps its level. And |log(min(a, h) / min(b, h))| is never larger than |log(a / b)|: the ratio
 * shown is a bound on the side of no difference. A pair in which neither arrives counts as zero, not as missing.
 */
export function logRatiosToTarget(
  a: ReadonlyMap<number, Race>,
  b: ReadonlyMap<number, Race>,
  target: number,
): Sooner {
  const seeds = [...a.keys()].filter(seed => b.has(seed)).sort((x, y) => x - y);
  let censored = 0;
  const differences = seeds.map(seed => {
    const [first, second] = [a.get(seed) as Race, b.get(seed) as Race];
    const horizon = Math.min(first.horizon, second.horizon);
    const [one, other] = [first, second].map(race => arrivalOf({ ...race, horizon }, target)) as [
      Arrival,
      Arrival,
    ];
    if (one.censored || other.censored) censored++;
    return Math.log(one.epoch / other.epoch);
  });
  return { seeds, differences, censored };
}

/** Arrival times by seed, for what is shown beside the ratio. */
export function arrivals(races: ReadonlyMap<number, Race>, target: number): BySeed {
  return new Map([...races].map(([seed, race]) => [seed, arrivalOf(race, target).epoch]));
}
