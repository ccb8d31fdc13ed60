import type { LayerOfKind } from '../../../network/index.js';
import type { Value } from '../graph/graph.js';
import { add, exponential, logarithm, multiply, subtract } from '../graph/operators.js';
import type { Emission, LayerContext, Lowering } from '../lowering.js';

type Layer = LayerOfKind<'localResponseNorm'>;

export const localResponseNorm: Lowering<Layer> = context => {
  const { graph, layer, inputs } = context;
  const [channels] = inputs[0].shape;
  const neighbours = graph.constant(bandedValues(channels, layer.size), [channels, channels, 1, 1]);
  const attributes = { kernel_shape: [1, 1] };
  return normaliseLocally(context, value =>
    graph.apply('Conv', [value, neighbours], { shape: value.shape }, { attributes }),
  );
};

/**
 * y = x d^-beta with d = k + alpha S(x²), where S sums over neighbouring channels: a 1x1 convolution with a banded
 * matrix, which is its own transpose. So dx = dy d^-beta - 2 alpha beta x S(dy x d^(-beta - 1)). ONNX's own LRN divides
 * alpha by the size and has no gradient.
 */
export function normaliseLocally(
  { graph, layer: { k, alpha, beta }, inputs: [x], gradients }: LayerContext<Layer>,
  sumOverNeighbours: (value: Value) => Value,
): Emission {
  const squares = sumOverNeighbours(multiply(graph, x.value, x.value));
  const denominator = add(graph, multiply(graph, squares, alpha), k);
  const logDenominator = logarithm(graph, denominator);
  const power = (exponent: number): Value => exponential(graph, multiply(graph, logDenominator, exponent));
  const factor = power(-beta);
  return {
    output: multiply(graph, x.value, factor),
    backward({ value: dy }) {
      if (!gradients.wanted(x)) return;
      const inner = multiply(graph, multiply(graph, dy, x.value), power(-beta - 1));
      const spread = multiply(graph, x.value, multiply(graph, sumOverNeighbours(inner), 2 * alpha * beta));
      gradients.add(x, subtract(graph, multiply(graph, dy, factor), spread));
    },
  };
}

/** A square matrix: one where two channels are at most `size / 2` apart (rounded down). */
export function bandedValues(channels: number, size: number): Float32Array {
  const reach = size >> 1;
  return Float32Array.from({ length: channels * channels }, (_, i) =>
    Math.abs(Math.floor(i / channels) - (i % channels)) <= reach ? 1 : 0,
  );
}
