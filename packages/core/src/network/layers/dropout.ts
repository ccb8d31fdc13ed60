import type { LayerDefinition } from '../layer-definition.js';

/**
 * In training each value is dropped with probability `rate` and the rest are divided by 1 - rate, which equals in
 * expectation the papers' scaling at test time (AlexNet, section 4.2). In evaluation the identity.
 */
export interface Dropout {
  readonly kind: 'dropout';
  readonly rate: number;
}

export const dropout: LayerDefinition<Dropout> = {
  kind: 'dropout',
  describe: ({ rate }) => `${rate}`,
  output: (_, input) => input,
  examples: [{ layer: { kind: 'dropout', rate: 0.5 }, inputs: [[4, 2, 2]] }],
};
