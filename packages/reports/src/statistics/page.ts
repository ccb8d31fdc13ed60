import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import { midranks } from './ranks.js';

export interface PageTest {
  /** Page's L: the sum over blocks of place times rank. */
  readonly statistic: number;
  /** Two-sided: twice the smaller tail. */
  readonly p: number;
  /** Whether the values rise along the places more than by chance alone on average. */
  readonly rises: boolean;
  readonly method: 'exact' | 'normal approximation';
}

/** Up to so many treatments and blocks the null distribution is counted out. */
const EXACT_TREATMENTS = 10;
const EXACT_BLOCKS = 60;

/**
 * Page's test for a trend over ordered treatments in blocks (Page 1963, "Ordered hypotheses for multiple treatments").
 * Exact for up to ten treatments and sixty blocks, given the ties of each block: all orders of a block's ranks are equally
 * likely under the null hypothesis. Beyond, the normal approximation with the exact mean and variance of L.
 * @param blocks one row a block, its values in the order of the treatments.
 * @throws RangeError without blocks, or below two treatments.
 */
export function pageTest(blocks: readonly (readonly number[])[]): PageTest {
  const k = blocks[0]?.length ?? 0;
  if (k < 2) throw new RangeError("Page's test needs a block of two treatments.");
  const ranks = blocks.map(midranks);
  // Twice the ranks are whole numbers, ties or not.
  const seen = ranks.reduce((sum, block) => sum + doubledL(block), 0);
  const centre = (blocks.length * k * (k + 1) ** 2) / 2;
  const isExact = k <= EXACT_TREATMENTS && blocks.length <= EXACT_BLOCKS;
  const [low, high] = isExact ? exactTails(ranks, seen) : normalTails(ranks, seen, centre);
  return {
    statistic: seen / 2,
    p: Math.min(1, 2 * Math.min(low, high)),
    rises: seen > centre,
    method: isExact ? 'exact' : 'normal approximation',
  };
}

function doubledL(ranks: readonly number[]): number {
  return ranks.reduce((sum, rank, i) => sum + (i + 1) * 2 * rank, 0);
}

type Tails = readonly [low: number, high: number];

function normalTails(ranks: readonly (readonly number[])[], seen: number, centre: number): Tails {
  const k = ranks[0]?.length ?? 0;
  const middle = (k + 1) / 2;
  const placeSquares = (k * (k * k - 1)) / 12;
  // The variance of a sum of products over all orders of one factor.
  const variance = ranks.reduce((sum, block) => {
    const rankSquares = block.reduce((squares, rank) => squares + (rank - middle) ** 2, 0);
    return sum + (4 * placeSquares * rankSquares) / (k - 1);
  }, 0);
  if (variance === 0) return [1, 1];
  const z = (seen - centre) / Math.sqrt(variance);
  return [normalCdf(z, 0, 1), normalCdf(-z, 0, 1)];
}

function exactTails(ranks: readonly (readonly number[])[], seen: number): Tails {
  const patterns = ranks.map(block => block.map(rank => 2 * rank).sort((a, b) => a - b));
  const distribution = distributionOf(patterns.map(pattern => pattern.join()).sort());
  let low = 0;
  let high = 0;
  distribution.shares.forEach((share, i) => {
    const value = distribution.from + i;
    if (value <= seen) low += share;
    if (value >= seen) high += share;
  });
  return [low, high];
}

interface Distribution {
  /** The value of the first share; the others follow in steps of one. */
  readonly from: number;
  readonly shares: Float64Array;
}

/** Of the sum of L over blocks, doubled; kept, since a report asks for the same few again and again. */
const known = new Map<string, Distribution>();

function distributionOf(patterns: readonly string[]): Distribution {
  const key = patterns.join(';');
  const found = known.get(key);
  if (found) return found;
  const made = patterns.map(blockDistribution).reduce(convolve);
  known.set(key, made);
  return made;
}

/** Over all orders of one block's doubled ranks, by the set of ranks already placed: k 2^k steps instead of k!. */
function blockDistribution(pattern: string): Distribution {
  const ranks = pattern.split(',').map(Number);
  const k = ranks.length;
  const largest = ranks.reduce((sum, rank, i) => sum + (i + 1) * rank, 0);
  const bySet: (Float64Array | undefined)[] = [new Float64Array(largest + 1)];
  (bySet[0] as Float64Array)[0] = 1;
  for (let set = 0; set < 2 ** k - 1; set++) {
    const counts = bySet[set] as Float64Array;
    bySet[set] = undefined;
    const place = countBits(set) + 1;
    for (let i = 0; i < k; i++) {
      if (set & (1 << i)) continue;
      const next = set | (1 << i);
      bySet[next] ??= new Float64Array(largest + 1);
      const target = bySet[next] as Float64Array;
      const step = place * (ranks[i] as number);
      for (let v = 0; v + step <= largest; v++)
        target[v + step] = (target[v + step] as number) + (counts[v] as number);
    }
  }
  const counts = bySet[2 ** k - 1] as Float64Array;
  const from = counts.findIndex(count => count > 0);
  const orders = counts.reduce((sum, count) => sum + count, 0);
  return { from, shares: counts.slice(from).map(count => count / orders) };
}

function countBits(set: number): number {
  let count = 0;
  for (let rest = set; rest > 0; rest &= rest - 1) count++;
  return count;
}

function convolve(a: Distribution, b: Distribution): Distribution {
  const shares = new Float64Array(a.shares.length + b.shares.length - 1);
  a.shares.forEach((x, i) => {
    if (x === 0) return;
    b.shares.forEach((y, j) => {
      shares[i + j] = (shares[i + j] as number) + x * y;
    });
  });
  return { from: a.from + b.from, shares };
}
