import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { normalArray, streamKey } from '@strata/core/random';
import { signFlipTest } from './sign-flip.js';

/** Chance of a verdict at the smallest detectable difference. */
export const POWER = 0.8;

/** Up to here the sign-flip test itself is simulated: with so few pairs its steps in p cost power. */
const SIMULATED_PAIRS = 12;
const SIMULATIONS = 2000;

/**
 * The smallest true difference, in deviations of the paired differences, that a two-sided sign-flip test of `pairs` pairs
 * finds at `level` with a chance of 80 %, the differences being normal: by simulation up to twelve pairs, beyond by the
 * t-test's quantiles (t at 1 - level / 2 plus t at the power, over the root of n), to which the test's power tends.
 * Null where no outcome could be significant.
 */
export function detectableEffect(pairs: number, level: number): number | null {
  if (2 / 2 ** pairs > level) return null;
  return pairs <= SIMULATED_PAIRS ? simulated(pairs, level) : approximated(pairs, level);
}

function approximated(pairs: number, level: number): number {
  return (tQuantile(1 - level / 2, pairs - 1) + tQuantile(POWER, pairs - 1)) / Math.sqrt(pairs);
}

/** For each simulated experiment the shift at which its test first rejects; their 80 % point is the effect. */
function simulated(pairs: number, level: number): number {
  const noise = normalArray(pairs * SIMULATIONS, streamKey(0, 'statistics', 'detectable'), 1);
  const shifts = Array.from({ length: SIMULATIONS }, (_, s) =>
    rejectingShift(noise.subarray(s * pairs, (s + 1) * pairs), level),
  ).sort((a, b) => a - b);
  return shifts[Math.ceil(POWER * SIMULATIONS) - 1] as number;
}

/** By bisection, to a hundredth of a deviation. */
function rejectingShift(noise: Float32Array, level: number): number {
  let [low, high] = [0, 16];
  while (high - low > 0.01) {
    const middle = (low + high) / 2;
    if (signFlipTest(Array.from(noise, x => x + middle)).p <= level) high = middle;
    else low = middle;
  }
  return high;
}
