import type { LayerDefinition } from '../layer-definition.js';

/**
 * x / (k + alpha * sum of x² over `size` neighbouring channels)^beta (AlexNet, section 3.3). Alpha is not divided by
 * the size. The paper's alpha assumes activations of pixels on the 0–255 scale.
 */
export interface LocalResponseNorm {
  readonly kind: 'localResponseNorm';
  /** Channels in the sum: the channel itself, and floor(size / 2) on each side where they exist. */
  readonly size: number;
  readonly k: number;
  readonly alpha: number;
  readonly beta: number;
}

export const localResponseNorm: LayerDefinition<LocalResponseNorm> = {
  kind: 'localResponseNorm',
  describe: ({ size, k, alpha, beta }) =>
    `n ${size}, k ${k}, alpha ${Number(alpha.toPrecision(6))}, beta ${beta}`,
  output: (_, input) => input,
  examples: [
    { layer: { kind: 'localResponseNorm', size: 5, k: 2, alpha: 0.1, beta: 0.75 }, inputs: [[7, 2, 3]] },
    { layer: { kind: 'localResponseNorm', size: 3, k: 1, alpha: 0.5, beta: 0.5 }, inputs: [[2, 3, 2]] },
  ],
};
