import type { LayerDefinition } from '../layer-definition.js';

/** max(0, x) (AlexNet, section 3.1). Its gradient at 0 is 0. */
export interface Relu {
  readonly kind: 'relu';
}

export const relu: LayerDefinition<Relu> = {
  kind: 'relu',
  describe: () => '',
  output: (_, input) => input,
  examples: [{ layer: { kind: 'relu' }, inputs: [[3, 2, 2]] }],
};
