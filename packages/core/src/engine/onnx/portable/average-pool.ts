import { elements, type LayerOfKind } from '../../../network/index.js';
import { reshape } from '../graph/operators.js';
import type { Lowering } from '../lowering.js';
import { inputGradient } from './convolution.js';
import { poolAttributes } from './pooling.js';

export const averagePool: Lowering<LayerOfKind<'averagePool'>> = ({
  graph,
  layer,
  batchSize,
  inputs: [x],
  output,
  gradients,
}) => {
  const { window } = layer;
  const attributes = { ...poolAttributes(layer), count_include_pad: 1 };
  return {
    output: graph.apply('AveragePool', [x.value], { shape: [batchSize, ...output] }, { attributes }),
    backward({ value: dy }) {
      if (!gradients.wanted(x)) return;
      const [channels, height, width] = x.shape;
      const area = elements(window.size);
      const weight = graph.constant(new Float32Array(area).fill(1 / area), [1, 1, ...window.size]);
      const kernel = { kind: 'convolution', filters: 1, window, groups: 1, bias: false } as const;
      const maps = reshape(graph, dy, [batchSize * channels, 1, output[1], output[2]]);
      const dx = inputGradient(graph, kernel, weight, maps, [1, height, width]);
      gradients.add(x, reshape(graph, dx, x.value.shape));
    },
  };
};
