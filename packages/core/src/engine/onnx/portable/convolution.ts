import { type LayerOfKind, type Shape, slide, type Window } from '../../../network/index.js';
import type { Graph, Value } from '../graph/graph.js';
import { concatenate, matrixProduct, pad, reshape, slice, sum, transpose } from '../graph/operators.js';
import type { Lowering } from '../lowering.js';

type Convolution = LayerOfKind<'convolution'>;

export const convolution: Lowering<Convolution> = context => {
  const { graph, layer, output, batchSize, gradients } = context;
  const [x] = context.inputs;
  const weight = context.variable('weight');
  const bias = layer.bias ? context.variable('bias') : undefined;
  const shape = [batchSize, ...output];
  const inputs = bias ? [x.value, weight, bias] : [x.value, weight];
  return {
    output: graph.apply('Conv', inputs, { shape }, { attributes: windowAttributes(layer) }),
    backward({ value: dy }) {
      context.parameterGradient('weight', weightGradient(graph, layer, x.value, dy));
      if (bias) context.parameterGradient('bias', sum(graph, dy, [0, 2, 3]));
      if (gradients.wanted(x)) gradients.add(x, inputGradient(graph, layer, weight, dy, x.shape));
    },
  };
};

export function windowAttributes({ window, groups }: Convolution): Record<string, number | number[]> {
  const [top, bottom, left, right] = window.padding;
  return {
    kernel_shape: [...window.size],
    strides: [...window.stride],
    pads: [top, left, bottom, right],
    group: groups,
  };
}

/** The transposed convolution. Rows and columns that no window reaches are the output padding, and stay zero. */
export function inputGradient(
  graph: Graph,
  layer: Convolution,
  weight: Value,
  dy: Value,
  [channels, height, width]: Shape,
): Value {
  const [top, bottom, left, right] = layer.window.padding;
  const unreached = (size: number, axis: 0 | 1, padding: number): number => {
    const windows = dy.shape[2 + axis] ?? 1;
    return size - (layer.window.stride[axis] * (windows - 1) + layer.window.size[axis] - padding);
  };
  const attributes = {
    ...windowAttributes(layer),
    output_padding: [unreached(height, 0, top + bottom), unreached(width, 1, left + right)],
  };
  const shape = [dy.shape[0] ?? 1, channels, height, width];
  return graph.apply('ConvTranspose', [dy, weight], { shape }, { attributes });
}

/**
 * One product of matrices for each place in the window: the output's gradient, `filters x pixels`, with the input's
 * pixels under that place, `pixels x channels`; the images' products are added up.
 */
export function weightGradient(graph: Graph, { window, groups }: Convolution, x: Value, dy: Value): Value {
  const [batch = 1, channels = 1, height = 1, width = 1] = x.shape;
  const [, filters = 1, rows = 1, columns = 1] = dy.shape;
  const [top, , left] = window.padding;
  const [reachedHeight, reachedWidth] = reach(window, [channels, height, width]);
  const padded = pad(
    graph,
    x,
    [0, 0, top, left],
    [0, 0, reachedHeight - height - top, reachedWidth - width - left],
  );
  const split = reshape(graph, padded, [batch, groups, channels / groups, reachedHeight, reachedWidth]);
  const pixelsFirst = transpose(graph, split, [0, 1, 3, 4, 2]);
  const errors = reshape(graph, dy, [batch, groups, filters / groups, rows * columns]);

  const [vertical, horizontal] = window.stride;
  const tap = (row: number, column: number): Value => {
    const seen = slice(
      graph,
      pixelsFirst,
      [2, 3],
      [row, column],
      [row + vertical * (rows - 1) + 1, column + horizontal * (columns - 1) + 1],
      [vertical, horizontal],
    );
    const pixels = reshape(graph, seen, [batch, groups, rows * columns, channels / groups]);
    const products = sum(graph, matrixProduct(graph, errors, pixels), [0]);
    return reshape(graph, products, [filters, channels / groups, 1]);
  };
  const [tall, wide] = window.size;
  const taps = Array.from({ length: tall * wide }, (_, i) => tap(Math.floor(i / wide), i % wide));
  return reshape(graph, concatenate(graph, taps, 2), [filters, channels / groups, tall, wide]);
}

/** Height and width of the part of the padded input that windows touch. */
export function reach(window: Window, input: Shape): readonly [height: number, width: number] {
  const [rows, columns] = slide(window, input);
  return [window.stride[0] * (rows - 1) + window.size[0], window.stride[1] * (columns - 1) + window.size[1]];
}
