import type { LayerOfKind, Shape, Window } from '../../../network/index.js';
import type { Graph, Value } from '../graph/graph.js';
import { multiply, subtract } from '../graph/operators.js';
import type { Lowering } from '../lowering.js';
import { interleave } from './interleave.js';
import { floorOf, maxima, positive, reaches } from './operators.js';

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
        gradients.add(x, toFirstMaxima(graph, dy, x.value, y, window, block), gates || gated);
      },
    };
  };
}

/**
 * Place by place of the window, as maps of y's size: what of the gradient no earlier place has taken goes to the place
 * whose pixels reach the maxima.
 */
function toFirstMaxima(
  graph: Graph,
  dy: Value,
  x: Value,
  y: Value,
  { size: [tall, wide] }: Window,
  block: number,
): Value {
  const floor = floorOf(graph, y);
  let left = dy;
  const grid = range(tall).map(row =>
    range(wide).map(column => {
      const last = row === tall - 1 && column === wide - 1;
      if (last) return left;
      const taken = multiply(graph, left, reaches(graph, x, floor, [row, column], [tall, wide], block));
      left = subtract(graph, left, taken);
      return taken;
    }),
  );
  return interleave(graph, grid, block);
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i);
}
