import type { Shape, Window } from '../../../network/index.js';
import type { Graph, Value } from '../graph/graph.js';
import { add, concatenate, reshape, slice, transpose } from '../graph/operators.js';
import { convolve } from './operators.js';

/**
 * The input's gradient along one axis falls into as many phases as the stride: pixel `stride a + phase` meets only
 * every stride-th tap of the window. Each phase is a convolution of stride 1 over the output's gradient.
 */
export interface Phase {
  /** Places in the window, in the order in which the phase's own window meets them. */
  readonly taps: readonly number[];
  readonly before: number;
  readonly after: number;
}

/** Phases of one axis of `size` pixels under `windows` windows, or nothing where a phase would need negative padding. */
export function phasesOf(
  size: number,
  windows: number,
  window: { readonly size: number; readonly stride: number; readonly padding: number },
): readonly Phase[] | undefined {
  const pixels = Math.ceil(size / window.stride);
  const phases = Array.from({ length: window.stride }, (_, phase): Phase => {
    const taps = Array.from({ length: window.size }, (_, i) => window.size - 1 - i).filter(
      tap => (phase + window.padding - tap) % window.stride === 0,
    );
    const [first = 0] = taps;
    const before = (first - phase - window.padding) / window.stride;
    return { taps, before, after: pixels - windows - before + taps.length - 1 };
  });
  const possible = phases.every(
    ({ taps, before, after }) => taps.length === 0 || (before >= 0 && after >= 0),
  );
  return possible ? phases : undefined;
}

export function windowPhases(
  { size, stride, padding: [top, , left] }: Window,
  [, height, width]: Shape,
  [, rows, columns]: Shape,
): { readonly vertical: readonly Phase[]; readonly horizontal: readonly Phase[] } | undefined {
  const vertical = phasesOf(height, rows, { size: size[0], stride: stride[0], padding: top });
  const horizontal = phasesOf(width, columns, { size: size[1], stride: stride[1], padding: left });
  return vertical && horizontal && { vertical, horizontal };
}

export interface InputGradientOptions {
  readonly window: Window;
  /** Of one image of the input and the output. */
  readonly input: Shape;
  readonly output: Shape;
  readonly block: number;
  /** Added to the result. */
  readonly sum?: Value | undefined;
}

/** `weight` in blocked storage, `dy` blocked. */
export function inputGradient(
  graph: Graph,
  weight: Value,
  dy: Value,
  { window, input, output, block, sum }: InputGradientOptions,
): Value {
  const phases = windowPhases(window, input, output);
  if (!phases) throw new RangeError('this window has no blocked input gradient');
  const { vertical, horizontal } = phases;
  const [, height, width] = input;
  const [batch = 1] = dy.shape;
  const channels = weight.shape[1] ?? 1;
  const [tall, wide] = [Math.ceil(height / vertical.length), Math.ceil(width / horizontal.length)];
  const swapped = swapBlocks(graph, weight, block);
  const single = vertical.length * horizontal.length === 1;

  const gradientOf = (row: Phase, column: Phase): Value => {
    const shape = [batch, channels, tall, wide];
    if (row.taps.length * column.taps.length === 0) {
      return graph.constant(new Float32Array(batch * channels * tall * wide), shape);
    }
    return convolve(graph, dy, pickTaps(graph, swapped, row, column, window), shape, {
      kernel: [row.taps.length, column.taps.length],
      pads: [row.before, column.before, row.after, column.after],
      sum: single ? sum : undefined,
    });
  };
  if (single) return gradientOf(vertical[0] as Phase, horizontal[0] as Phase);
  const grid = vertical.map(row => horizontal.map(column => gradientOf(row, column)));
  const woven = interleave(graph, grid, block);
  const reached = crop(graph, woven, height, width, block);
  return sum ? add(graph, reached, sum) : reached;
}

/** `[O/b, C/b, taps, b C, b O]` to `[C/b, O/b, taps, b O, b C]`; the blocks are turned by the reordering kernel. */
function swapBlocks(graph: Graph, weight: Value, block: number): Value {
  const [filters = 1, channels = 1, height = 1, width = 1] = weight.shape;
  const [o, c, area] = [filters / block, channels / block, height * width];
  const blocks = reshape(graph, weight, [o * c * area, block, block, 1]);
  const turned = graph.apply(
    'ReorderInput',
    [blocks],
    { shape: blocks.shape },
    { domain: 'com.microsoft.nchwc' },
  );
  const ordered = reshape(graph, turned, [o, c, area, block * block]);
  if (o === 1 || c === 1) return reshape(graph, ordered, [c, o, area, block * block]);
  return transpose(graph, ordered, [1, 0, 2, 3]);
}

/** The filters of one phase, from swapped blocks. */
function pickTaps(graph: Graph, swapped: Value, row: Phase, column: Phase, { size }: Window): Value {
  const [c = 1, o = 1, , square = 1] = swapped.shape;
  const block = Math.sqrt(square);
  const indices = row.taps.flatMap(i => column.taps.map(j => i * size[1] + j));
  const shape = [c, o, indices.length, square];
  const picked =
    indices.length === 1 && swapped.shape[2] === 1
      ? swapped
      : graph.apply('Gather', [swapped, graph.integers(indices)], { shape }, { attributes: { axis: 2 } });
  return reshape(graph, picked, [c * block, o * block, row.taps.length, column.taps.length]);
}

/** One map out of the maps of its phases. */
function interleave(graph: Graph, grid: readonly (readonly Value[])[], block: number): Value {
  const [batch = 1, channels = 1, tall = 1, wide = 1] = grid[0]?.[0]?.shape ?? [];
  const pixels = (batch * channels * tall * wide) / block;
  const lines = grid.map(row => {
    const columns = row.map(value => reshape(graph, value, [pixels, block]));
    const line = concatenate(graph, columns, 1);
    return reshape(graph, line, [pixels / wide, wide * row.length * block]);
  });
  const columns = grid[0]?.length ?? 1;
  return reshape(graph, concatenate(graph, lines, 1), [batch, channels, tall * grid.length, wide * columns]);
}

/** Cuts off what lies beyond the input where its size is no multiple of the stride. */
function crop(graph: Graph, x: Value, height: number, width: number, block: number): Value {
  const [batch = 1, channels = 1, rows = 1, columns = 1] = x.shape;
  if (rows === height && columns === width) return x;
  const maps = reshape(graph, x, [(batch * channels) / block, rows, columns, block]);
  const cut = slice(graph, maps, [1, 2], [0, 0], [height, width]);
  return reshape(graph, cut, [batch, channels, height, width]);
}
