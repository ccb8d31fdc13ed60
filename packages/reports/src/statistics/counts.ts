/** Exact tests of counts. */

/** a and b succeed, c and d fail: one row of two cells each. */
export type FourFold = readonly [readonly [a: number, b: number], readonly [c: number, d: number]];

/** Tables whose probabilities differ by rounding alone count as equally likely. */
const TIE = 1 + 1e-7;

/**
 * Fisher's exact test, two-sided: the probability, given the margins, of all tables no likelier than the one seen
 * (Fisher 1935; the sum over small probabilities as in R's `fisher.test`).
 */
export function fisherTest([[a, b], [c, d]]: FourFold): number {
  const firstRow = a + b;
  const firstColumn = a + c;
  const total = a + b + c + d;
  const logProbability = (cell: number): number =>
    logChoose(firstRow, cell) +
    logChoose(total - firstRow, firstColumn - cell) -
    logChoose(total, firstColumn);
  const seen = logProbability(a);
  let p = 0;
  for (let cell = Math.max(0, firstColumn - (c + d)); cell <= Math.min(firstRow, firstColumn); cell++) {
    const log = logProbability(cell);
    if (log <= seen + Math.log(TIE)) p += Math.exp(log);
  }
  return Math.min(1, p);
}

/**
 * McNemar's exact test, two-sided: of the pairs that differ, each is as likely to differ either way (McNemar 1947; the
 * binomial form). Pairs that agree say nothing.
 */
export function mcNemarTest(onlyFirst: number, onlySecond: number): number {
  const n = onlyFirst + onlySecond;
  const fewer = Math.min(onlyFirst, onlySecond);
  let tail = 0;
  for (let k = 0; k <= fewer; k++) tail += Math.exp(logChoose(n, k) - n * Math.LN2);
  return Math.min(1, 2 * tail);
}

function logChoose(n: number, k: number): number {
  let log = 0;
  for (let i = 1; i <= Math.min(k, n - k); i++) log += Math.log((n - i + 1) / i);
  return log;
}
