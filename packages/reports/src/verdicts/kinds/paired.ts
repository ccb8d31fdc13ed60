import type { Unit } from '@strata/experiments/catalog';
import {
  CONFIDENCE,
  mean,
  type Paired,
  pairsNeeded,
  signFlipTest,
  tInterval,
} from '../../statistics/index.js';
import type { ClaimResults } from '../claim-results.js';
import type { Finding } from '../finding.js';

/** No claim on seeds is decided by fewer pairs: three seeds show points, not findings. */
export const FEWEST_PAIRS = 6;

/** With n pairs the smallest two-sided p of a sign-flip test is 2 / 2^n. */
export function fewestForSigns(level: number): number {
  return Math.max(FEWEST_PAIRS, pairsNeeded(1, level));
}

/** What every finding on paired seeds has before it is tested. */
export function untested(
  { planned }: ClaimResults,
  { differences }: Paired,
  unit: Unit,
  runs: readonly string[],
): Omit<Finding, 'method'> {
  return {
    n: differences.length,
    planned,
    difference: differences.length === 0 ? null : mean(differences),
    interval: differences.length < 2 ? null : tInterval(differences),
    confidence: CONFIDENCE,
    unit,
    p: null,
    side: null,
    pairs: differences,
    runs,
    parts: [],
    notes: [],
  };
}

/** The sign-flip test of a statement that says: the differences are below zero (`-1`), or above (`1`). */
export function signFlipped(finding: Omit<Finding, 'method'>, claimed: -1 | 1): Finding {
  if (finding.n === 0) return { ...finding, method: 'sign-flip test' };
  const { p, method } = signFlipTest(finding.pairs);
  return { ...finding, p, side: sideOf(mean(finding.pairs), claimed), method: `${method} sign-flip test` };
}

export function sideOf(difference: number, claimed: -1 | 1): Finding['side'] {
  return difference === 0 ? null : Math.sign(difference) === claimed ? 'agrees' : 'opposite';
}

/** Shown as the first side's time over the second's. */
export function asRatio(finding: Finding): Finding {
  const { difference, interval } = finding;
  return {
    ...finding,
    unit: 'ratio',
    difference: difference === null ? null : Math.exp(difference),
    interval: interval && [Math.exp(interval[0]), Math.exp(interval[1])],
  };
}
