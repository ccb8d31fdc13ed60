/** No claim on seeds is decided by fewer pairs: three seeds show points, not findings. */
export const FEWEST_PAIRS = 6;

/**
 * The smallest number of paired seeds with which an exact two-sided sign-flip test can be significant at `level` for each
 * of `claims` claims (Holm's strictest step): with n pairs its smallest p is 2 / 2^n.
 */
export function pairsNeeded(claims: number, level = 0.05): number {
  return Math.ceil(Math.log2((2 * Math.max(1, claims)) / level));
}
