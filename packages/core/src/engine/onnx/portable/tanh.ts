import type { LayerOfKind } from '../../../network/index.js';
import { tanh as hyperbolicTangent, multiply, scalar, subtract } from '../graph/operators.js';
import type { Lowering } from '../lowering.js';

/** In any layout. dx = dy (1 - y²). */
export const tanh: Lowering<LayerOfKind<'tanh'>> = ({ graph, inputs: [x], gradients }) => {
  const y = hyperbolicTangent(graph, x.value);
  return {
    output: y,
    backward({ value: dy }) {
      const slope = subtract(graph, scalar(graph, 1), multiply(graph, y, y));
      gradients.add(x, multiply(graph, dy, slope));
    },
  };
};
