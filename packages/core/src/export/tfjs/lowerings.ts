import {
  BATCH_NORM_EPSILON,
  connectionMatrix,
  elements,
  type LayerKind,
  type LayerOfKind,
  type Shape,
  type Window,
} from '../../network/index.js';
import {
  type Attribute,
  type GraphModelBuilder,
  integer,
  integers,
  type Output,
  text,
} from './graph-model.js';
import { permuted } from './permuted.js';

/** What a layer is exported from. Activations are `[batch, height, width, channels]`; a vector of n is `[batch, 1, 1, n]`. */
export interface ExportCall<L> {
  readonly graph: GraphModelBuilder;
  readonly name: string;
  readonly layer: L;
  readonly inputs: readonly [Output, ...Output[]];
  /** Logical shapes of one image's inputs and output. */
  readonly from: Shape;
  readonly to: Shape;
  /** A parameter or statistic of the layer, by its short name, in its logical layout. */
  tensor(name: string): { readonly shape: readonly number[]; readonly data: Float32Array };
}

type Lowering<L> = (call: ExportCall<L>) => Output;

/** How each layer kind is written as operations of a TensorFlow graph. */
export const exportLowerings: { readonly [K in LayerKind]: Lowering<LayerOfKind<K>> } = {
  add: ({ graph, name, inputs }) =>
    inputs.reduce((sum, input, i) => graph.node(`${name}/sum${i}`, 'AddV2', [sum, input])),
  averagePool: call => pool(call, 'AvgPool', padded(call, call.layer.window, 0)),
  batchNorm({ graph, name, inputs, tensor }) {
    const vectors = ['weight', 'bias', 'running_mean', 'running_var'].map(vector => {
      const { shape, data } = tensor(vector);
      return graph.constant(`${name}/${vector}`, shape, data);
    });
    return graph.node(name, 'FusedBatchNormV3', [inputs[0], ...vectors], {
      epsilon: { f: BATCH_NORM_EPSILON },
      is_training: { b: false },
      data_format: text('NHWC'),
      U: { type: 'DT_FLOAT' },
    });
  },
  channelScale: ({ graph, name, inputs, tensor }) =>
    biased(
      { graph, name, tensor },
      graph.node(`${name}/scaled`, 'Mul', [
        inputs[0],
        graph.constant(`${name}/weight`, tensor('weight').shape, tensor('weight').data),
      ]),
    ),
  concat: ({ graph, name, inputs }) => concatenated(graph, name, inputs),
  convolution(call) {
    const { graph, name, layer, tensor } = call;
    const { groups, filters, window, bias } = layer;
    const input = padded(call, window, 0);
    const { shape, data } = tensor('weight');
    const [, channels = 0, height = 0, width = 0] = shape;
    const perGroup = filters / groups;
    const parts = groups === 1 ? [input] : split(graph, name, input, groups);
    const outputs = parts.map((part, g) => {
      const size = perGroup * channels * height * width;
      const own = data.subarray(g * size, (g + 1) * size);
      return convolved(graph, `${name}/group${g}`, part, own, [perGroup, channels, height, width], window);
    });
    const joined = outputs.length === 1 ? (outputs[0] ?? '') : concatenated(graph, `${name}/groups`, outputs);
    return bias ? biased(call, joined) : joined;
  },
  dense(call) {
    const { graph, name, layer, inputs, tensor, from } = call;
    const { shape, data } = tensor('weight');
    const rows = reshaped(graph, `${name}/rows`, inputs[0], [-1, from[0]]);
    const weights = graph.constant(`${name}/weight`, [...shape].reverse(), permuted(data, shape, [1, 0]));
    const product = graph.node(`${name}/product`, 'MatMul', [rows, weights], {
      transpose_a: { b: false },
      transpose_b: { b: false },
    });
    const output = layer.bias ? biased(call, product) : product;
    return reshaped(graph, `${name}/units`, output, [-1, 1, 1, layer.units]);
  },
  dropout: ({ inputs }) => inputs[0],
  flatten({ graph, name, inputs, to }) {
    const order = graph.constant(`${name}/order`, [4], Int32Array.of(0, 3, 1, 2));
    const planes = graph.node(`${name}/planes`, 'Transpose', [inputs[0], order], {
      Tperm: { type: 'DT_INT32' },
    });
    return reshaped(graph, name, planes, [-1, 1, 1, to[0]]);
  },
  globalAveragePool({ graph, name, inputs }) {
    const axes = graph.constant(`${name}/axes`, [2], Int32Array.of(1, 2));
    return graph.node(name, 'Mean', [inputs[0], axes], {
      keep_dims: { b: true },
      Tidx: { type: 'DT_INT32' },
    });
  },
  localResponseNorm({ graph, name, inputs, layer }) {
    const { size, k, alpha, beta } = layer;
    return graph.node(name, 'LRN', [inputs[0]], {
      depth_radius: integer(Math.floor(size / 2)),
      bias: { f: k },
      alpha: { f: alpha },
      beta: { f: beta },
    });
  },
  maxPool: call => pool(call, 'MaxPool', padded(call, call.layer.window, Number.NEGATIVE_INFINITY)),
  paddedShortcut({ graph, name, inputs, layer, from }) {
    const { stride, channels } = layer;
    const sizes = { ksize: integers([1, 1, 1, 1]), strides: integers([1, stride, stride, 1]), ...VALID };
    const seen = stride === 1 ? inputs[0] : graph.node(`${name}/seen`, 'AvgPool', [inputs[0]], sizes);
    return padWith(graph, `${name}/zeros`, seen, [0, 0, 0, 0, 0, 0, 0, channels - from[0]], 0);
  },
  partialConvolution(call) {
    const { graph, name, layer, tensor, from } = call;
    const [height, width] = layer.window.size;
    const shape = [layer.connections.length, from[0], height, width];
    const bank = denseBank(layer, from[0], tensor('weight').data);
    const input = padded(call, layer.window, 0);
    return biased(call, convolved(graph, `${name}/bank`, input, bank, shape, layer.window));
  },
  relu: ({ graph, name, inputs }) => graph.node(name, 'Relu', [inputs[0]]),
  scaledTanh({ graph, name, inputs, layer }) {
    const scalar = (of: string, value: number): Output =>
      graph.constant(`${name}/${of}`, [], Float32Array.of(value));
    const steep = graph.node(`${name}/steep`, 'Mul', [inputs[0], scalar('slope', layer.slope)]);
    const squashed = graph.node(`${name}/squashed`, 'Tanh', [steep]);
    return graph.node(name, 'Mul', [squashed, scalar('amplitude', layer.amplitude)]);
  },
  tanh: ({ graph, name, inputs }) => graph.node(name, 'Tanh', [inputs[0]]),
};

/** Padding is put on beforehand, so that it means the same for every operation. */
const VALID = { padding: text('VALID'), data_format: text('NHWC') } as const satisfies Record<
  string,
  Attribute
>;

function padded({ graph, name, inputs }: ExportCall<unknown>, { padding }: Window, value: number): Output {
  const [top, bottom, left, right] = padding;
  return padWith(graph, `${name}/padded`, inputs[0], [0, 0, top, bottom, left, right, 0, 0], value);
}

function padWith(
  graph: GraphModelBuilder,
  name: string,
  input: Output,
  widths: readonly number[],
  value: number,
): Output {
  if (widths.every(width => width === 0)) return input;
  const paddings = graph.constant(`${name}/widths`, [4, 2], Int32Array.from(widths));
  const filling = graph.constant(`${name}/filling`, [], Float32Array.of(value));
  return graph.node(name, 'PadV2', [input, paddings, filling], { Tpaddings: { type: 'DT_INT32' } });
}

function pool(
  { graph, name, layer }: ExportCall<{ readonly window: Window }>,
  op: 'AvgPool' | 'MaxPool',
  input: Output,
): Output {
  const { size, stride } = layer.window;
  return graph.node(name, op, [input], {
    ksize: integers([1, ...size, 1]),
    strides: integers([1, ...stride, 1]),
    ...VALID,
  });
}

function convolved(
  graph: GraphModelBuilder,
  name: string,
  input: Output,
  weights: Float32Array,
  shape: readonly number[],
  { stride }: Window,
): Output {
  const order = [2, 3, 1, 0];
  const filters = graph.constant(
    `${name}/weight`,
    order.map(axis => shape[axis] ?? 1),
    permuted(weights, shape, order),
  );
  return graph.node(name, 'Conv2D', [input, filters], {
    strides: integers([1, ...stride, 1]),
    dilations: integers([1, 1, 1, 1]),
    ...VALID,
  });
}

function biased(
  { graph, name, tensor }: Pick<ExportCall<unknown>, 'graph' | 'name' | 'tensor'>,
  input: Output,
): Output {
  const { shape, data } = tensor('bias');
  return graph.node(`${name}/biased`, 'AddV2', [input, graph.constant(`${name}/bias`, shape, data)]);
}

function reshaped(graph: GraphModelBuilder, name: string, input: Output, shape: readonly number[]): Output {
  const target = graph.constant(`${name}/shape`, [shape.length], Int32Array.from(shape));
  return graph.node(name, 'Reshape', [input, target], { Tshape: { type: 'DT_INT32' } });
}

const CHANNEL_AXIS = 3;

function concatenated(graph: GraphModelBuilder, name: string, inputs: readonly Output[]): Output {
  const axis = graph.constant(`${name}/axis`, [], Int32Array.of(CHANNEL_AXIS));
  return graph.node(name, 'ConcatV2', [...inputs, axis], {
    N: integer(inputs.length),
    Tidx: { type: 'DT_INT32' },
  });
}

function split(graph: GraphModelBuilder, name: string, input: Output, parts: number): readonly Output[] {
  const axis = graph.constant(`${name}/axis`, [], Int32Array.of(CHANNEL_AXIS));
  const node = graph.node(`${name}/split`, 'Split', [axis, input], { num_split: integer(parts) });
  return Array.from({ length: parts }, (_, i) => (i === 0 ? node : `${node}:${i}`));
}

/** Kernels at their places in a filter bank that is zero elsewhere: `[filters, channels, height, width]`. */
function denseBank(
  layer: LayerOfKind<'partialConvolution'>,
  channels: number,
  kernels: Float32Array,
): Float32Array {
  const { shape, data } = connectionMatrix(layer, channels);
  const [rows, columns] = shape;
  const area = elements(layer.window.size);
  const bank = new Float32Array(rows * area);
  for (let row = 0; row < rows; row++) {
    const column = data.subarray(row * columns, (row + 1) * columns).indexOf(1);
    if (column >= 0) bank.set(kernels.subarray(column * area, (column + 1) * area), row * area);
  }
  return bank;
}
