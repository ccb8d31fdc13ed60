import type { LayerDefinition } from '../layer-definition.js';

/** The mean of each channel over its whole map (Lin, Chen and Yan 2013, section 3.2). */
export interface GlobalAveragePool {
  readonly kind: 'globalAveragePool';
}

export const globalAveragePool: LayerDefinition<GlobalAveragePool> = {
  kind: 'globalAveragePool',
  describe: () => '',
  output: (_, [channels]) => [channels, 1, 1],
  examples: [{ layer: { kind: 'globalAveragePool' }, inputs: [[3, 4, 5]] }],
};
