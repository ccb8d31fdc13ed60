import type { LayerOfKind } from '../../../network/index.js';
import { multiply } from '../graph/operators.js';
import type { Lowering } from '../lowering.js';
import { toBlocks } from './operators.js';

export function dropout(block: number): Lowering<LayerOfKind<'dropout'>> {
  return ({ graph, mode, layer, inputs: [x], gradients, mask: maskInput }) => {
    if (mode === 'evaluation' || layer.rate === 0) {
      return { output: x.value, backward: ({ value, gated }) => gradients.add(x, value, gated) };
    }
    const mask = toBlocks(graph, maskInput(layer.rate), block);
    return {
      output: multiply(graph, x.value, mask),
      backward({ value: dy, gated }) {
        gradients.add(x, multiply(graph, dy, mask), gated);
      },
    };
  };
}
