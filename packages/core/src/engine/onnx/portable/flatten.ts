import type { LayerOfKind } from '../../../network/index.js';
import { reshape } from '../graph/operators.js';
import type { Lowering } from '../lowering.js';

export const flatten: Lowering<LayerOfKind<'flatten'>> = ({
  graph,
  batchSize,
  inputs: [x],
  output,
  gradients,
}) => ({
  output: reshape(graph, x.value, [batchSize, ...output]),
  backward({ value, gated }) {
    gradients.add(x, reshape(graph, value, x.value.shape), gated);
  },
});
