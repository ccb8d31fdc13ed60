import type { LayerOfKind } from '../../../network/index.js';
import type { Graph, Value } from '../graph/graph.js';
import { concatenate, expand, pad, reshape, scalar, slice } from '../graph/operators.js';
import type { Lowering } from '../lowering.js';

export const paddedShortcut: Lowering<LayerOfKind<'paddedShortcut'>> = ({
  graph,
  layer: { stride, channels },
  inputs: [x],
  gradients,
}) => {
  const [present, height, width] = x.shape;
  const seen =
    stride === 1 ? x.value : slice(graph, x.value, [2, 3], [0, 0], [height, width], [stride, stride]);
  return {
    output: pad(graph, seen, [0, 0, 0, 0], [0, channels - present, 0, 0]),
    backward({ value: dy }) {
      if (!gradients.wanted(x)) return;
      const own = slice(graph, dy, [1], [0], [present]);
      gradients.add(x, spread(graph, spread(graph, own, 2, stride, height), 3, stride, width));
    },
  };
};

/** Along one axis, `stride - 1` zeros behind each element, cut to `size`. */
function spread(graph: Graph, value: Value, axis: number, stride: number, size: number): Value {
  if (stride === 1) return value;
  const { shape } = value;
  const length = shape[axis] ?? 1;
  const apart = reshape(graph, value, [...shape.slice(0, axis + 1), 1, ...shape.slice(axis + 1)]);
  const zeros = expand(graph, scalar(graph, 0), apart.shape.with(axis + 1, stride - 1));
  const filled = reshape(
    graph,
    concatenate(graph, [apart, zeros], axis + 1),
    shape.with(axis, length * stride),
  );
  return slice(graph, filled, [axis], [0], [size]);
}
