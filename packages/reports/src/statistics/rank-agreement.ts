import { mean } from './mean.js';
import { midranks } from './ranks.js';
import { quantile, RESAMPLES, statisticsStream } from './resample.js';
import { CONFIDENCE, type Interval } from './t-interval.js';

/** Spearman's rho: Pearson's correlation of midranks (Spearman 1904). Null where one side is all equal. */
export function spearman(x: readonly number[], y: readonly number[]): number | null {
  return pearson(midranks(x), midranks(y));
}

function pearson(x: readonly number[], y: readonly number[]): number | null {
  if (x.length === 0) return null;
  const [mx, my] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  x.forEach((value, i) => {
    const [dx, dy] = [value - mx, (y[i] as number) - my];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  });
  return xx === 0 || yy === 0 ? null : xy / Math.sqrt(xx * yy);
}

/** Kendall's tau-b, corrected for ties (Kendall 1945). Null where one side is all equal. */
export function kendall(x: readonly number[], y: readonly number[]): number | null {
  let [agreeing, untiedX, untiedY] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) {
      const dx = Math.sign((x[i] as number) - (x[j] as number));
      const dy = Math.sign((y[i] as number) - (y[j] as number));
      agreeing += dx * dy;
      untiedX += dx * dx;
      untiedY += dy * dy;
    }
  }
  return untiedX === 0 || untiedY === 0 ? null : agreeing / Math.sqrt(untiedX * untiedY);
}

export interface RankAgreement {
  readonly value: number | null;
  /** Percentile bootstrap over seeds; null below two seeds or where no resample has a value. */
  readonly interval: Interval | null;
  /** Variants compared: below five, a correlation says next to nothing. */
  readonly n: number;
}

/**
 * How the variants' mean errors rank beside the paper's. The seeds are resampled, the same for all variants, since they
 * are paired; the paper's numbers stand as printed.
 * @param bySeed one row a seed, its values in the order of `paper`.
 */
export function rankAgreement(
  paper: readonly number[],
  bySeed: readonly (readonly number[])[],
  correlation: typeof spearman,
  confidence = CONFIDENCE,
): RankAgreement {
  const seeds = bySeed.length;
  if (seeds === 0) return { value: null, interval: null, n: paper.length };
  const meansOver = (rows: readonly (readonly number[])[]): readonly number[] =>
    paper.map((_, variant) => mean(rows.map(row => row[variant] as number)));
  const value = correlation(paper, meansOver(bySeed));
  if (seeds < 2) return { value, interval: null, n: paper.length };
  const random = statisticsStream('rank-agreement');
  const drawn: number[] = [];
  for (let r = 0; r < RESAMPLES; r++) {
    const rows = bySeed.map((_, i) => bySeed[random.below(seeds, r * seeds + i)] as readonly number[]);
    const resampled = correlation(paper, meansOver(rows));
    if (resampled !== null) drawn.push(resampled);
  }
  drawn.sort((a, b) => a - b);
  const interval: Interval | null =
    drawn.length === 0
      ? null
      : [quantile(drawn, (1 - confidence) / 2), quantile(drawn, (1 + confidence) / 2)];
  return { value, interval, n: paper.length };
}
