import type { LayerOfKind } from '../../../network/index.js';
import { multiply, relu as rectify } from '../graph/operators.js';
import type { Lowering } from '../lowering.js';
import { positive } from './operators.js';

/** One that no operator before it could take in. */
export const relu: Lowering<LayerOfKind<'relu'>> = ({ graph, inputs: [x], gradients }) => {
  const y = rectify(graph, x.value);
  return {
    output: y,
    backward({ value, gated }) {
      gradients.add(x, gated ? value : multiply(graph, value, positive(graph, y)));
    },
  };
};
