import type { LayerOfKind } from '../../../network/index.js';
import { concatenate, slice } from '../graph/operators.js';
import type { Lowering } from '../lowering.js';

/** In any layout, which all inputs share; blocked ones without padding. */
export const concat: Lowering<LayerOfKind<'concat'>> = ({ graph, inputs, gradients }) => ({
  output: concatenate(
    graph,
    inputs.map(({ value }) => value),
    1,
  ),
  backward({ value, gated }) {
    let at = 0;
    for (const x of inputs) {
      const start = at;
      at += x.value.shape[1] ?? 0;
      if (gradients.wanted(x)) gradients.add(x, slice(graph, value, [1], [start], [at]), gated);
    }
  },
});
