import type { LayerOfKind } from '../../../network/index.js';
import { expand, mean, multiply } from '../graph/operators.js';
import type { Lowering } from '../lowering.js';

export const globalAveragePool: Lowering<LayerOfKind<'globalAveragePool'>> = ({
  graph,
  inputs: [x],
  gradients,
}) => {
  const [, height, width] = x.shape;
  return {
    output: mean(graph, x.value, [2, 3], { keep: true }),
    backward({ value: dy }) {
      if (!gradients.wanted(x)) return;
      gradients.add(x, expand(graph, multiply(graph, dy, 1 / (height * width)), x.value.shape));
    },
  };
};
