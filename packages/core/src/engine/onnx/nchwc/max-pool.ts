import type { LayerOfKind, Shape, Window } from '../../../network/index.js';
import type { Graph, Value } from '../graph/graph.js';
import { multiply, reshape } from '../graph/operators.js';
import type { Lowering } from '../lowering.js';
import { maxima, positive, reaches, upsample } from './operators.js';

/** Windows side by side that cover the whole map. */
export function supportsMaxPool({ window }: LayerOfKind<'maxPool'>, [, height, width]: Shape): boolean {
  const { size, stride, padding } = window;
  return (
    size[0] === stride[0] &&
    size[1] === stride[1] &&
    padding.every(n => n === 0) &&
    height % size[0] === 0 &&
    width % size[1] === 0
  );
}

/**
 * The gradient goes to the first maximum of each window, in row order. Behind a ReLU, windows whose maximum is zero get
 * none, so that the ReLU's mask is done here, on the smaller map.
 */
export function maxPool(
  block: number,
  afterRelu: (name: string) => boolean,
): Lowering<LayerOfKind<'maxPool'>> {
  return ({ graph, layer: { window }, inputs: [x], gradients }) => {
    const y = maxima(graph, x.value, window.size);
    const gates = afterRelu(x.name);
    return {
      output: y,
      backward({ value, gated }) {
        if (!gradients.wanted(x)) return;
        const dy = gates && !gated ? multiply(graph, value, positive(graph, y)) : value;
        const first = firstMaxima(graph, x.value, y, window, block);
        gradients.add(x, multiply(graph, upsample(graph, dy, window.size), first), gates || gated);
      },
    };
  };
}

/** 1 at the first of the largest values in each window: among equals, the one with the highest rank. */
function firstMaxima(graph: Graph, x: Value, y: Value, window: Window, block: number): Value {
  const largest = reaches(graph, x, y, window.size);
  const ranked = multiplyMaps(graph, largest, ranks(graph, x, window, block), block);
  return reaches(graph, ranked, maxima(graph, ranked, window.size), window.size);
}

/** Falling from the first place of every window to the last, which has 1: `[pixels * block]`. */
function ranks(graph: Graph, x: Value, { size: [tall, wide] }: Window, block: number): Value {
  const [, , height = 1, width = 1] = x.shape;
  const rank = (pixel: number): number => {
    const [row, column] = [Math.floor(pixel / width) % tall, (pixel % width) % wide];
    return tall * wide - (row * wide + column);
  };
  const size = height * width * block;
  return graph.constant(
    Float32Array.from({ length: size }, (_, i) => rank(Math.floor(i / block))),
    [size],
  );
}

/** Multiplies every blocked map by the same one. */
function multiplyMaps(graph: Graph, x: Value, map: Value, block: number): Value {
  const [batch = 1, channels = 1, height = 1, width = 1] = x.shape;
  const maps = reshape(graph, x, [(batch * channels) / block, height * width * block]);
  return reshape(graph, multiply(graph, maps, map), x.shape);
}
