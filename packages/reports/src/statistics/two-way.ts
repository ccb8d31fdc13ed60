import tCdf from '@stdlib/stats-base-dists-t-cdf';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { CONFIDENCE, type Interval } from './t-interval.js';

/** One row a network, one column an image; all rows are equally long. */
export type NetworkByImage = readonly ArrayLike<number>[];

export interface TwoWayTest {
  readonly mean: number;
  readonly standardError: number;
  readonly interval: Interval;
  /** Two-sided, of the hypothesis that the mean is zero. */
  readonly p: number;
}

/**
 * The mean over networks and images, both of which could have been others: the bootstrap that resamples rows and columns
 * independently ("pigeonhole bootstrap", Owen 2007, "The pigeonhole bootstrap", section 3), never narrower on average than
 * the truth. Its variance under infinitely many resamples is a formula of the three parts of a two-way layout, which is
 * used instead of drawing; the part of the networks is enlarged by R / (R - 1), and Student's t with R - 1 degrees of
 * freedom allows for how few they are.
 * @throws RangeError below two networks or without images.
 */
export function twoWayTest(values: NetworkByImage, confidence = CONFIDENCE): TwoWayTest {
  const { mean, rows, columns, rest } = twoWayLayout(values);
  const networks = values.length;
  const images = values[0]?.length ?? 0;
  const variance = rows / (networks - 1) + columns / images + rest / (networks * images);
  const standardError = Math.sqrt(variance);
  const half = tQuantile((1 + confidence) / 2, networks - 1) * standardError;
  const p = mean === 0 ? 1 : 2 * tCdf(-Math.abs(mean) / standardError, networks - 1);
  return { mean, standardError, interval: [mean - half, mean + half], p };
}

/** Mean, and mean squares of the effects of rows, of columns, and of what neither explains. */
function twoWayLayout(values: NetworkByImage): {
  readonly mean: number;
  readonly rows: number;
  readonly columns: number;
  readonly rest: number;
} {
  const networks = values.length;
  const images = values[0]?.length ?? 0;
  if (networks < 2 || images === 0) throw new RangeError('A two-way test needs two networks and an image.');
  if (values.some(row => row.length !== images))
    throw new RangeError('Networks were tested on different images.');
  const rowMeans = values.map(row => sumOf(row) / images);
  const columnMeans = new Float64Array(images);
  for (const row of values) {
    for (let j = 0; j < images; j++)
      columnMeans[j] = (columnMeans[j] as number) + (row[j] as number) / networks;
  }
  const mean = sumOf(rowMeans) / networks;
  const rows = sumOf(rowMeans.map(m => (m - mean) ** 2)) / networks;
  const columns = sumOf(columnMeans.map(m => (m - mean) ** 2)) / images;
  let rest = 0;
  values.forEach((row, i) => {
    for (let j = 0; j < images; j++) {
      rest += ((row[j] as number) - (rowMeans[i] as number) - (columnMeans[j] as number) + mean) ** 2;
    }
  });
  return { mean, rows, columns, rest: rest / (networks * images) };
}

function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum;
}
