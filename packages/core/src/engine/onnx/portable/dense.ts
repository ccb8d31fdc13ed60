import type { LayerOfKind } from '../../../network/index.js';
import { gemm, reshape, sum } from '../graph/operators.js';
import type { Lowering } from '../lowering.js';

export const dense: Lowering<LayerOfKind<'dense'>> = context => {
  const { graph, layer, batchSize, gradients } = context;
  const [x] = context.inputs;
  const rows = reshape(graph, x.value, [batchSize, x.shape[0]]);
  const weight = context.variable('weight');
  const bias = layer.bias ? context.variable('bias') : undefined;
  const y = gemm(graph, rows, weight, { transposeB: true, ...(bias && { c: bias }) });
  return {
    output: reshape(graph, y, [batchSize, layer.units, 1, 1]),
    backward({ value }) {
      const dy = reshape(graph, value, [batchSize, layer.units]);
      context.parameterGradient('weight', gemm(graph, dy, rows, { transposeA: true }));
      if (bias) context.parameterGradient('bias', sum(graph, dy, [0]));
      if (gradients.wanted(x)) gradients.add(x, reshape(graph, gemm(graph, dy, weight), x.value.shape));
    },
  };
};
