import type { LayerOfKind } from '../../../network/index.js';
import { add as sumOf } from '../graph/operators.js';
import type { Lowering } from '../lowering.js';

/** In any layout, which all inputs share. */
export const add: Lowering<LayerOfKind<'add'>> = ({ graph, inputs, gradients }) => {
  const [first, ...rest] = inputs;
  return {
    output: rest.reduce((total, { value }) => sumOf(graph, total, value), first.value),
    backward({ value }) {
      for (const x of inputs) if (gradients.wanted(x)) gradients.add(x, value);
    },
  };
};
