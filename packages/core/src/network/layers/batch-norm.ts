import type { LayerDefinition } from '../layer-definition.js';

/** What is added to the variance before the square root, in every engine. */
export const BATCH_NORM_EPSILON = 1e-5;

/**
 * Batch normalisation (Ioffe and Szegedy 2015) of each channel over batch and map. Training normalises by the batch's
 * mean and biased variance; evaluation by running statistics, which follow the batch's mean and **unbiased** variance:
 * `running = momentum * running + (1 - momentum) * batch`.
 */
export interface BatchNorm {
  readonly kind: 'batchNorm';
  /** The share of a running statistic that a step keeps. */
  readonly momentum: number;
}

export const batchNorm: LayerDefinition<BatchNorm> = {
  kind: 'batchNorm',
  describe: () => '',
  output: (_, input) => input,
  parameters(_, [channels]) {
    const fans = { fanIn: 1, fanOut: 1 };
    return [
      { name: 'weight', shape: [channels], role: 'scale', ...fans },
      { name: 'bias', shape: [channels], role: 'bias', ...fans },
    ];
  },
  statistics: (_, [channels]) => [
    { name: 'running_mean', shape: [channels], initial: 0 },
    { name: 'running_var', shape: [channels], initial: 1 },
  ],
  examples: [
    { layer: { kind: 'batchNorm', momentum: 0.9 }, inputs: [[3, 2, 4]] },
    { layer: { kind: 'batchNorm', momentum: 0.5 }, inputs: [[5, 1, 1]] },
  ],
};
