import { elements, type Shape, type Window } from '../../../network/index.js';
import type { Graph, Value } from '../graph/graph.js';
import { add, gatherRows, reshape, slice } from '../graph/operators.js';
import { interleave } from './interleave.js';
import { convolve, NCHWC } from './operators.js';
import { convolveTiles, suitsTiles } from './winograd.js';

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
  const turned = turnBlocks(graph, weight, block);
  const single = vertical.length * horizontal.length === 1;
  if (suitsTiles(window, dy, channels)) {
    return convolveTiles(graph, dy, rotated(graph, turned), channels, block, { sum });
  }

  const shape = [batch, channels, tall, wide];
  let nothing: Value | undefined;
  const gradientOf = (row: Phase, column: Phase): Value => {
    if (row.taps.length * column.taps.length === 0) {
      nothing ??= graph.constant(new Float32Array(elements(shape)), shape);
      return nothing;
    }
    return convolve(graph, dy, pickTaps(graph, turned, row, column, window), shape, {
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

/** `[O/b, C/b, taps, b C, b O]` to `[O/b, C/b, taps, b O b C]`, by the reordering kernel. */
function turnBlocks(graph: Graph, weight: Value, block: number): Value {
  const [filters = 1, channels = 1, height = 1, width = 1] = weight.shape;
  const [o, c, area] = [filters / block, channels / block, height * width];
  const blocks = reshape(graph, weight, [o * c * area, block, block, 1]);
  const turned = graph.apply('ReorderInput', [blocks], { shape: blocks.shape }, { domain: NCHWC });
  return reshape(graph, turned, [o, c, area, block * block]);
}

/** The filters of one phase, `[C/b, O/b, taps of the phase, b O b C]`, from turned blocks. */
function pickTaps(graph: Graph, turned: Value, row: Phase, column: Phase, { size }: Window): Value {
  const [o = 1, c = 1, area = 1, square = 1] = turned.shape;
  const block = Math.sqrt(square);
  const taps = row.taps.flatMap(i => column.taps.map(j => i * size[1] + j));
  const places = range(c).flatMap(i => range(o).flatMap(j => taps.map(tap => (j * c + i) * area + tap)));
  return gatherRows(graph, turned, places, [c * block, o * block, row.taps.length, column.taps.length]);
}

/** The filters rotated by half a turn, places outermost: `[taps, C/b O/b b O b C]`, from turned blocks. */
function rotated(graph: Graph, turned: Value): Value {
  const [o = 1, c = 1, area = 1, square = 1] = turned.shape;
  const places = range(area).flatMap(tap =>
    range(c).flatMap(i => range(o).map(j => (j * c + i) * area + area - 1 - tap)),
  );
  return gatherRows(graph, turned, places, [area, c * o * square]);
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i);
}

/** Cuts off what lies beyond the input where its size is no multiple of the stride. */
function crop(graph: Graph, x: Value, height: number, width: number, block: number): Value {
  const [batch = 1, channels = 1, rows = 1, columns = 1] = x.shape;
  if (rows === height && columns === width) return x;
  const maps = reshape(graph, x, [(batch * channels) / block, rows, columns, block]);
  const cut = slice(graph, maps, [1, 2], [0, 0], [height, width]);
  return reshape(graph, cut, [batch, channels, height, width]);
}
