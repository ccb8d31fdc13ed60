import { connectionMatrix, type LayerOfKind } from '../../../network/index.js';
import { matrixProduct, reshape, sum, transpose } from '../graph/operators.js';
import type { Lowering } from '../lowering.js';
import { inputGradient, weightGradient, windowAttributes } from './convolution.js';

/** As a convolution with a dense filter bank, in which the kernels have their places and the rest is zero. */
export const partialConvolution: Lowering<LayerOfKind<'partialConvolution'>> = context => {
  const { graph, layer, output, batchSize, gradients } = context;
  const [x] = context.inputs;
  const [filters, channels] = [output[0], x.shape[0]];
  const { window } = layer;
  const convolution = { kind: 'convolution', filters, window, groups: 1, bias: true } as const;
  const { shape: placesShape, data } = connectionMatrix(layer, channels);
  const places = graph.constant(data, placesShape);
  const area = window.size[0] * window.size[1];
  const kernels = reshape(graph, context.variable('weight'), [placesShape[1], area]);
  const bank = reshape(graph, matrixProduct(graph, places, kernels), [filters, channels, ...window.size]);
  return {
    output: graph.apply(
      'Conv',
      [x.value, bank, context.variable('bias')],
      { shape: [batchSize, ...output] },
      { attributes: windowAttributes(convolution) },
    ),
    backward({ value: dy }) {
      const ofBank = reshape(graph, weightGradient(graph, convolution, x.value, dy), [placesShape[0], area]);
      const ofKernels = matrixProduct(graph, transpose(graph, places, [1, 0]), ofBank);
      context.parameterGradient('weight', reshape(graph, ofKernels, [placesShape[1], ...window.size]));
      context.parameterGradient('bias', sum(graph, dy, [0, 2, 3]));
      if (gradients.wanted(x)) gradients.add(x, inputGradient(graph, convolution, bank, dy, x.shape));
    },
  };
};
