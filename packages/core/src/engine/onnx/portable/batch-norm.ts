import { BATCH_NORM_EPSILON, type LayerOfKind } from '../../../network/index.js';
import type { Value } from '../graph/graph.js';
import {
  add,
  divide,
  mean,
  multiply,
  reshape,
  scalar,
  squareRoot,
  subtract,
  sum,
} from '../graph/operators.js';
import type { Emission, LayerContext, Lowering } from '../lowering.js';

type Context = LayerContext<LayerOfKind<'batchNorm'>>;

export const batchNorm: Lowering<LayerOfKind<'batchNorm'>> = context =>
  context.mode === 'training' ? training(context) : evaluation(context);

function evaluation({ graph, inputs: [x], variable, gradients }: Context): Emission {
  const variables = ['weight', 'bias', 'running_mean', 'running_var'].map(name => variable(name));
  const attributes = { epsilon: { float: BATCH_NORM_EPSILON } };
  const output = graph.apply(
    'BatchNormalization',
    [x.value, ...variables],
    { shape: x.value.shape },
    { attributes },
  );
  return {
    output,
    /** Of a frozen layer, through which gradients pass. */
    backward({ value: dy }) {
      if (!gradients.wanted(x)) return;
      const deviation = squareRoot(graph, add(graph, variable('running_var'), BATCH_NORM_EPSILON));
      const scale = divide(graph, variable('weight'), deviation);
      gradients.add(x, multiply(graph, dy, reshape(graph, scale, [1, x.shape[0], 1, 1])));
    },
  };
}

function training(context: Context): Emission {
  const { graph, batchSize, gradients } = context;
  const [x] = context.inputs;
  const [channels, height, width] = x.shape;
  const count = batchSize * height * width;
  const axes = [0, 2, 3];
  const perChannel = (value: Value): Value => reshape(graph, value, [1, channels, 1, 1]);

  const center = mean(graph, x.value, axes, { keep: true });
  const centred = subtract(graph, x.value, center);
  const variance = mean(graph, multiply(graph, centred, centred), axes, { keep: true });
  const deviation = squareRoot(graph, add(graph, variance, BATCH_NORM_EPSILON));
  const normalised = divide(graph, centred, deviation);
  const scale = perChannel(context.variable('weight'));
  const shift = perChannel(context.variable('bias'));
  followStatistics(context, reshape(graph, center, [channels]), reshape(graph, variance, [channels]), count);
  return {
    output: add(graph, multiply(graph, normalised, scale), shift),
    backward({ value: dy }) {
      const shiftGradient = sum(graph, dy, axes);
      const scaleGradient = sum(graph, multiply(graph, dy, normalised), axes);
      context.parameterGradient('bias', shiftGradient);
      context.parameterGradient('weight', scaleGradient);
      if (!gradients.wanted(x)) return;
      const along = multiply(graph, normalised, perChannel(scaleGradient));
      const taken = multiply(graph, add(graph, along, perChannel(shiftGradient)), 1 / count);
      gradients.add(x, multiply(graph, subtract(graph, dy, taken), divide(graph, scale, deviation)));
    },
  };
}

/** Running mean and unbiased variance after the step, from the batch's mean and biased variance over `count` values. */
export function followStatistics(
  { graph, layer: { momentum }, variable, updateStatistic }: Context,
  center: Value,
  variance: Value,
  count: number,
): void {
  const follow = (name: string, batch: Value, share: number): void => {
    const kept = multiply(graph, variable(name), scalar(graph, momentum));
    updateStatistic(name, add(graph, kept, multiply(graph, batch, scalar(graph, share))));
  };
  follow('running_mean', center, 1 - momentum);
  follow('running_var', variance, ((1 - momentum) * count) / Math.max(1, count - 1));
}
