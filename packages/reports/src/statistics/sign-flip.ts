import { statisticsStream } from './resample.js';

export interface SignFlipTest {
  /** Two-sided. */
  readonly p: number;
  readonly method: 'exact' | 'Monte Carlo';
}

/** Up to here all 2^n sign patterns are counted. */
export const EXACT_PAIRS = 20;

const DRAWS = 99_999;

/**
 * Fisher's sign-flip test of paired differences (Fisher 1935, "The design of experiments", section 21): under the null
 * hypothesis each difference is as likely with the other sign, so p is the share of sign patterns whose sum lies as far
 * from zero as the one seen. Beyond twenty pairs the patterns are drawn, and the one seen counts as one of them, which
 * keeps the test valid (Phipson and Smyth 2010).
 * @throws RangeError without differences.
 */
export function signFlipTest(differences: readonly number[]): SignFlipTest {
  if (differences.length === 0) throw new RangeError('A sign-flip test of no pairs.');
  return differences.length <= EXACT_PAIRS
    ? { p: exact(differences), method: 'exact' }
    : { p: drawn(differences), method: 'Monte Carlo' };
}

/** Sums that differ by rounding alone count as equal. */
function leastExtreme(differences: readonly number[]): number {
  const sum = differences.reduce((total, d) => total + d, 0);
  const scale = differences.reduce((total, d) => total + Math.abs(d), 0);
  return Math.abs(sum) - 1e-12 * scale;
}

/** A pattern and its opposite are equally far out: the first sign is held. */
function exact(differences: readonly number[]): number {
  const least = leastExtreme(differences);
  const [first = 0, ...others] = differences;
  const sums = new Float64Array(2 ** others.length);
  sums[0] = first;
  let filled = 1;
  for (const d of others) {
    for (let i = 0; i < filled; i++) {
      const sum = sums[i] as number;
      sums[i] = sum + d;
      sums[filled + i] = sum - d;
    }
    filled *= 2;
  }
  let extreme = 0;
  for (const sum of sums) if (Math.abs(sum) >= least) extreme++;
  return extreme / sums.length;
}

function drawn(differences: readonly number[]): number {
  const least = leastExtreme(differences);
  const random = statisticsStream('sign-flip');
  const words = Math.ceil(differences.length / 32);
  let extreme = 1;
  for (let draw = 0; draw < DRAWS; draw++) {
    let sum = 0;
    for (let w = 0; w < words; w++) {
      const signs = random.word(draw * words + w);
      for (let i = 32 * w; i < Math.min(32 * w + 32, differences.length); i++) {
        sum += (signs >>> (i % 32)) & 1 ? (differences[i] as number) : -(differences[i] as number);
      }
    }
    if (Math.abs(sum) >= least) extreme++;
  }
  return extreme / (DRAWS + 1);
}
