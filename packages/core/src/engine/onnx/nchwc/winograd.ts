import type { Window } from '../../../network/index.js';
import type { Graph, Value } from '../graph/graph.js';
import { add, matrixProduct, relu, reshape, split, subtract } from '../graph/operators.js';
import { interleave } from './interleave.js';
import { type ConvolveOptions, convolve, depthwiseFilters } from './operators.js';

/**
 * 3x3 convolutions with 4/9 of the multiplications (Winograd's minimal filtering F(2x2, 3x3): Lavin and Gray 2016,
 * arXiv:1509.09308, section 4.1). Every 2x2 tile of the output comes from 4x4 pixels, which become 16 sums; each of
 * the 16 goes through a 1x1 convolution of its own, and sums of those are the tile.
 *
 * Along one axis, with pixels d, filter g and products m:
 *   m0 = (d0 - d2) g0              m1 = (d1 + d2) (g0 + g1 + g2) / 2
 *   m2 = (d2 - d1) (g0 - g1 + g2) / 2        m3 = (d1 - d3) (-g2)
 *   y0 = m0 + (m1 + m2)            y1 = m3 + (m1 - m2)
 */
const FILTER_SUMS = [
  [1, 0, 0],
  [1 / 2, 1 / 2, 1 / 2],
  [1 / 2, -1 / 2, 1 / 2],
  [0, 0, -1],
] as const;

/** Which two pixels make each sum, as a convolution of two taps and stride 2, along one axis. */
const PIXEL_SUMS = [
  { taps: [1, -1], dilation: 2, before: 1, after: 0 },
  { taps: [1, 1], dilation: 1, before: 0, after: 0 },
  { taps: [-1, 1], dilation: 1, before: 0, after: 0 },
  { taps: [1, -1], dilation: 2, before: 0, after: 1 },
] as const;

/** Below this the sums cost more than the multiplications that they save. */
const FEWEST_CHANNELS = 128;
/** On a map of one tile, no multiplication is saved: the direct kernel skips the taps that lie outside. */
const SMALLEST_MAP = 4;

/** Whether tiles cover the map of a blocked `x`, and pay. */
export function suitsTiles(
  { size, stride, padding }: Window,
  { shape: [, channels = 1, height = 1, width = 1] }: Value,
  filters: number,
): boolean {
  return (
    size.every(n => n === 3) &&
    stride.every(n => n === 1) &&
    padding.every(n => n === 1) &&
    [height, width].every(n => n % 2 === 0 && n >= SMALLEST_MAP) &&
    Math.min(channels, filters) >= FEWEST_CHANNELS
  );
}

/**
 * The same as a 3x3 `convolve` with stride and padding 1, within rounding. `x`: blocked `[batch, channels, height, width]`, both even;
 * `taps`: the filters with the nine places outermost, `[9, filters / b * channels / b * b * b]`.
 */
export function convolveTiles(
  graph: Graph,
  x: Value,
  taps: Value,
  filters: number,
  block: number,
  { bias, sum, activation }: Pick<ConvolveOptions, 'bias' | 'sum'> & { readonly activation?: 'relu' } = {},
): Value {
  const [batch = 1, channels = 1, height = 1, width = 1] = x.shape;
  const shape = [batch, filters, height / 2, width / 2];
  const sums = filterSums(graph, taps, [filters, channels, 1, 1]);
  const product = (i: number, j: number, options: Pick<ConvolveOptions, 'bias' | 'sum'> = {}): Value =>
    convolve(graph, pixelSum(graph, x, i, j, block), sums[4 * i + j] as Value, shape, {
      kernel: [1, 1],
      ...options,
    });

  /** Both rows of a tile, for one of the four sums along it. Each column of the tile meets the bias once. */
  const rowsOf = (j: number): readonly Value[] => {
    const [even, odd] = [product(1, j), product(2, j)];
    const once = j === 0 || j === 3 ? { bias } : {};
    return [
      product(0, j, { ...once, sum: add(graph, even, odd) }),
      product(3, j, { ...once, sum: subtract(graph, even, odd) }),
    ];
  };
  const [first = [], even = [], odd = [], last = []] = [0, 1, 2, 3].map(rowsOf);
  const tile = [0, 1].map(row => {
    const [a, b, c, d] = [first, even, odd, last].map(rows => rows[row] as Value) as [
      Value,
      Value,
      Value,
      Value,
    ];
    return [add(graph, a, add(graph, b, c)), add(graph, d, subtract(graph, b, c))];
  });
  const y = interleave(graph, tile, block);
  const total = sum ? add(graph, y, sum) : y;
  return activation ? relu(graph, total) : total;
}

/** 16 filters of one place, `[filters, channels, 1, 1]` blocked. */
function filterSums(graph: Graph, taps: Value, shape: readonly number[]): readonly Value[] {
  const rows = FILTER_SUMS.flatMap(a => FILTER_SUMS.map(b => a.flatMap(p => b.map(q => p * q))));
  const matrix = graph.constant(Float32Array.from(rows.flat()), [16, 9]);
  return split(graph, matrixProduct(graph, matrix, taps), 0, 16).map(value => reshape(graph, value, shape));
}

/** Sum (i, j) of the 4x4 pixels of every tile. */
function pixelSum(graph: Graph, x: Value, i: number, j: number, block: number): Value {
  const [batch = 1, channels = 1, height = 1, width = 1] = x.shape;
  const [rows, columns] = [PIXEL_SUMS[i], PIXEL_SUMS[j]];
  if (!rows || !columns) throw new RangeError(`there is no sum ${i}, ${j}`);
  const taps = rows.taps.flatMap(p => columns.taps.map(q => p * q));
  return convolve(
    graph,
    x,
    depthwiseFilters(graph, channels, taps, [2, 2], block),
    [batch, channels, height / 2, width / 2],
    {
      kernel: [2, 2],
      strides: [2, 2],
      dilations: [rows.dilation, columns.dilation],
      pads: [rows.before, columns.before, rows.after, columns.after],
      groups: channels,
    },
  );
}
