import type { LayerOfKind } from '../../../network/index.js';
import { multiply } from '../graph/operators.js';
import type { Lowering } from '../lowering.js';

/** The masks come from outside: a pure function of seed, step and layer. In evaluation nothing is dropped. */
export const dropout: Lowering<LayerOfKind<'dropout'>> = context => {
  const { graph, layer, mode, gradients } = context;
  const [x] = context.inputs;
  if (mode === 'evaluation' || layer.rate === 0) {
    return { output: x.value, backward: ({ value, gated }) => gradients.add(x, value, gated) };
  }
  const mask = context.mask(layer.rate);
  return {
    output: multiply(graph, x.value, mask),
    backward({ value: dy, gated }) {
      gradients.add(x, multiply(graph, dy, mask), gated);
    },
  };
};
