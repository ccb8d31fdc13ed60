import { BATCH_NORM_EPSILON, type LayerOfKind } from '../../../network/index.js';
import { add, divide, multiply, squareRoot, subtract } from '../graph/operators.js';
import type { Emission, LayerContext } from '../lowering.js';
import { positive, scaleChannels } from './operators.js';
import { channelVector } from './storage.js';

/** Batch norm of a frozen layer: by running statistics, `relu(a x + b)` with `a = weight / deviation`, `b = bias - a mean`. */
export function fixedBatchNorm(context: LayerContext<LayerOfKind<'batchNorm'>>, block: number): Emission {
  const { graph, fused, gradients } = context;
  const [x] = context.inputs;
  const storage = channelVector(x.shape[0], block);
  const variable = (name: string) => context.variable(name, storage);
  const deviation = squareRoot(graph, add(graph, variable('running_var'), BATCH_NORM_EPSILON));
  const scale = divide(graph, variable('weight'), deviation);
  const shift = subtract(graph, variable('bias'), multiply(graph, scale, variable('running_mean')));
  const y = scaleChannels(graph, x.value, scale, {
    bias: shift,
    ...(fused.relu && { activation: 'relu' }),
  });
  return {
    output: y,
    backward({ value, gated }) {
      if (!gradients.wanted(x)) return;
      const dz = fused.relu && !gated ? multiply(graph, value, positive(graph, y)) : value;
      gradients.add(x, scaleChannels(graph, dz, scale, { sum: gradients.take(x) }));
    },
  };
}
