import type { LayerOfKind } from '../../../network/index.js';
import { multiply } from '../graph/operators.js';
import type { Lowering } from '../lowering.js';
import { globalAverage, upsample } from './operators.js';

export const globalAveragePool: Lowering<LayerOfKind<'globalAveragePool'>> = ({
  graph,
  inputs: [x],
  gradients,
}) => {
  const [, height, width] = x.shape;
  return {
    output: globalAverage(graph, x.value),
    backward({ value: dy }) {
      if (!gradients.wanted(x)) return;
      gradients.add(x, upsample(graph, multiply(graph, dy, 1 / (height * width)), [height, width]));
    },
  };
};
