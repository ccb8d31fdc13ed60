import type { LayerOfKind } from '../../../network/index.js';
import { multiply, relu as rectify, sign } from '../graph/operators.js';
import type { Lowering } from '../lowering.js';

/** In any layout. */
export const relu: Lowering<LayerOfKind<'relu'>> = ({ graph, inputs: [x], gradients }) => {
  const y = rectify(graph, x.value);
  return {
    output: y,
    backward({ value, gated }) {
      gradients.add(x, gated ? value : multiply(graph, value, sign(graph, y)));
    },
  };
};
