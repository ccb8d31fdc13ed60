import type { LayerOfKind } from '../../../network/index.js';
import { tanh as hyperbolicTangent, multiply, scalar, subtract } from '../graph/operators.js';
import type { Lowering } from '../lowering.js';

/** In any layout. With t = tanh(slope x), dx = dy amplitude slope (1 - t²). */
export const scaledTanh: Lowering<LayerOfKind<'scaledTanh'>> = ({
  graph,
  layer: { amplitude, slope },
  inputs: [x],
  gradients,
}) => {
  const t = hyperbolicTangent(graph, multiply(graph, x.value, slope));
  return {
    output: multiply(graph, t, amplitude),
    backward({ value: dy }) {
      const steepness = subtract(graph, scalar(graph, 1), multiply(graph, t, t));
      gradients.add(x, multiply(graph, dy, multiply(graph, steepness, amplitude * slope)));
    },
  };
};
