import type { Shape, Window } from '../../../network/index.js';
import type { Graph, Value } from '../graph/graph.js';
import { concatenate, pad, reshape, sum, transposeRows } from '../graph/operators.js';
import { reach } from '../portable/convolution.js';
import { convolve, toBlocks, toPixels, wholeBlocks } from './operators.js';

export interface WeightGradientOptions {
  readonly window: Window;
  /** Of one image. */
  readonly input: Shape;
  readonly block: number;
}

/**
 * The weights' gradient is itself one convolution. Its "channels" are the images of the batch; its "image" is the input
 * with pixels and channels in one row, `[1, batch, height, width * channels]`; its filters are the output's gradient,
 * dilated by the stride, and by `stride * channels` along the row. Place `(u, v * channels + c)` of the result is the
 * gradient of tap `(u, v)` for channel c.
 *
 * `pixels`: `[batch, height, width, channels]`; `dy` blocked. The result lies as `[filters / b, taps, channels, b]`.
 */
export function weightGradientRows(
  graph: Graph,
  pixels: Value,
  dy: Value,
  { window, input, block }: WeightGradientOptions,
): Value {
  const [batch = 1, height = 1, width = 1, channels = 1] = pixels.shape;
  const [, filters = 1, rows = 1, columns = 1] = dy.shape;
  const [tall, wide] = window.size;
  const [vertical, horizontal] = window.stride;
  const [top, , left] = window.padding;
  const [reachedHeight, reachedWidth] = reach(window, input);
  const below = reachedHeight - height - top;

  const full = wholeBlocks(batch, block) - batch;
  const lines = reshape(graph, pixels, [batch, height, width * channels]);
  const right = reachedWidth - width - left;
  const cut = pad(graph, lines, [0, 0, 0], [full, Math.min(0, below), Math.min(0, right) * channels]);
  const padded = widen(graph, cut, left * channels, Math.max(0, right) * channels);
  const images = batch + full;
  const rowsKept = padded.shape[1] ?? 1;
  const image = toBlocks(
    graph,
    reshape(graph, padded, [1, images, rowsKept, reachedWidth * channels]),
    block,
  );

  const groups = groupCount(images / block, filters * channels * tall * wide, rows);
  const kernels = kernelsOf(graph, pad(graph, dy, [0, 0, 0, 0], [full, 0, 0, 0]), groups, block);
  const size = filters * tall * wide * channels;
  const perGroup = convolve(graph, image, kernels, [1, groups * filters, tall, wide * channels], {
    kernel: [rows, columns],
    dilations: [vertical, horizontal * channels],
    pads: [top, 0, Math.max(0, below), 0],
    groups,
  });
  const total = groups === 1 ? perGroup : sum(graph, reshape(graph, perGroup, [groups, size]), [0]);
  return reshape(graph, total, [filters / block, tall * wide, channels, block]);
}

/** Zeros before and after every line. `Concat` copies on all threads, `Pad` on one. */
function widen(graph: Graph, lines: Value, before: number, after: number): Value {
  const [images = 1, height = 1] = lines.shape;
  const zeros = (length: number): Value[] =>
    length === 0
      ? []
      : [graph.constant(new Float32Array(images * height * length), [images, height, length])];
  return concatenate(graph, [...zeros(before), lines, ...zeros(after)], 2);
}

/** Results this small may be kept once for each group of images and added up afterwards. */
const GROUPED_RESULTS = 4e6;
/** On maps this low the kernel is short, and one group keeps the results in cache. */
const LOW_MAP = 8;

/**
 * Either all images add to one result, or every block of images has its own: the latter writes each result once, which
 * pays while they are few and the kernel is large.
 */
function groupCount(blocks: number, results: number, rows: number): number {
  return rows > LOW_MAP && results * blocks < GROUPED_RESULTS ? blocks : 1;
}

/**
 * `[batch, filters / b, pixels, b filters]` as filters over images, `[groups * filters, images, rows, columns]`. The
 * images of a block are interleaved by the kernel that unblocks channels, which is faster than a transposition.
 */
function kernelsOf(graph: Graph, dy: Value, groups: number, block: number): Value {
  const [images = 1, filters = 1, rows = 1, columns = 1] = dy.shape;
  const [blocks, area] = [images / block, rows * columns];
  const planes = reshape(graph, dy, [blocks, block * block, (filters / block) * area, 1]);
  const interleaved = toPixels(graph, planes, block);
  const shape = [groups * filters, images / groups, rows, columns];
  if (groups > 1) return reshape(graph, interleaved, shape);
  const split = reshape(graph, interleaved, [blocks, filters / block, area * block * block]);
  return reshape(graph, transposeRows(graph, split, [1, 0]), shape);
}
