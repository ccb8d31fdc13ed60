import { BATCH_NORM_EPSILON, type LayerOfKind } from '../../../network/index.js';
import type { Graph, Value } from '../graph/graph.js';
import {
  add,
  divide,
  mean,
  multiply,
  negate,
  reshape,
  scalar,
  squareRoot,
  subtract,
} from '../graph/operators.js';
import type { Lowering } from '../lowering.js';
import { followStatistics } from '../portable/batch-norm.js';
import { fixedBatchNorm } from './fixed-batch-norm.js';
import { globalAverage, positive, scaleChannels } from './operators.js';
import { channelVector } from './storage.js';

/**
 * In as few passes over memory as the kernels allow: two means, then `relu(a x + b)` with `a = weight / deviation`,
 * `b = bias - a mean`. Back: two means, then `dx = a dz - a k x + c` as two scalings, the second of which adds the
 * first and whatever gradient the input already has.
 */
export function batchNorm(block: number): Lowering<LayerOfKind<'batchNorm'>> {
  return context => {
    if (context.mode === 'evaluation') return fixedBatchNorm(context, block);
    const { graph, batchSize, fused, gradients } = context;
    const [x] = context.inputs;
    const [channels, height, width] = x.shape;
    const count = batchSize * height * width;
    const storage = channelVector(channels, block);
    const [weight, bias] = [context.variable('weight', storage), context.variable('bias', storage)];
    for (const name of ['running_mean', 'running_var']) context.variable(name, storage);

    const center = channelMeans(graph, x.value);
    const meanSquare = channelMeans(graph, multiply(graph, x.value, x.value));
    const variance = subtract(graph, meanSquare, multiply(graph, center, center));
    const safe = graph.apply('Max', [variance, scalar(graph, 0)], { shape: variance.shape });
    const deviation = squareRoot(graph, add(graph, safe, BATCH_NORM_EPSILON));
    const scale = divide(graph, weight, deviation);
    const shift = subtract(graph, bias, multiply(graph, scale, center));
    followStatistics(context, center, safe, count);
    const y = scaleChannels(graph, x.value, scale, {
      bias: shift,
      ...(fused.relu && { activation: 'relu' }),
    });

    return {
      output: y,
      backward({ value, gated }) {
        const dz = fused.relu && !gated ? multiply(graph, value, positive(graph, y)) : value;
        const meanGradient = channelMeans(graph, dz);
        const meanProduct = channelMeans(graph, multiply(graph, dz, x.value));
        const centred = subtract(graph, meanProduct, multiply(graph, center, meanGradient));
        const alongNormalised = divide(graph, centred, deviation);
        context.parameterGradient('weight', multiply(graph, alongNormalised, count));
        context.parameterGradient('bias', multiply(graph, meanGradient, count));
        if (!gradients.wanted(x)) return;
        const slope = divide(graph, alongNormalised, deviation);
        const constant = multiply(
          graph,
          scale,
          subtract(graph, multiply(graph, slope, center), meanGradient),
        );
        const direct = scaleChannels(graph, dz, scale, { sum: gradients.take(x) });
        const through = negate(graph, multiply(graph, scale, slope));
        gradients.add(x, scaleChannels(graph, x.value, through, { bias: constant, sum: direct }));
      },
    };
  };
}

/** `[channels]`, over batch and map. */
function channelMeans(graph: Graph, x: Value): Value {
  const [batch = 1, channels = 1] = x.shape;
  return mean(graph, reshape(graph, globalAverage(graph, x), [batch, channels]), [0]);
}
