import type { LayerDefinition } from '../layer-definition.js';

/** The hyperbolic tangent: the saturating activation that AlexNet (section 3.1) compares with ReLU. */
export interface Tanh {
  readonly kind: 'tanh';
}

export const tanh: LayerDefinition<Tanh> = {
  kind: 'tanh',
  describe: () => '',
  output: (_, input) => input,
  examples: [{ layer: { kind: 'tanh' }, inputs: [[3, 2, 2]] }],
};
