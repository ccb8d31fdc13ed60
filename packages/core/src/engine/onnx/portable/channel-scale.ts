import type { LayerOfKind } from '../../../network/index.js';
import { add, multiply, reshape, sum } from '../graph/operators.js';
import type { Lowering } from '../lowering.js';

export const channelScale: Lowering<LayerOfKind<'channelScale'>> = context => {
  const { graph, gradients } = context;
  const [x] = context.inputs;
  const perChannel = [1, x.shape[0], 1, 1];
  const scale = reshape(graph, context.variable('weight'), perChannel);
  const shift = reshape(graph, context.variable('bias'), perChannel);
  return {
    output: add(graph, multiply(graph, x.value, scale), shift),
    backward({ value: dy }) {
      const axes = [0, 2, 3];
      context.parameterGradient('weight', sum(graph, multiply(graph, dy, x.value), axes));
      context.parameterGradient('bias', sum(graph, dy, axes));
      if (gradients.wanted(x)) gradients.add(x, multiply(graph, dy, scale));
    },
  };
};
