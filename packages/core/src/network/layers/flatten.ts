import type { LayerDefinition } from '../layer-definition.js';
import { elements } from '../shape.js';

/** `[channels, height, width]` as one vector, channels slowest. */
export interface Flatten {
  readonly kind: 'flatten';
}

export const flatten: LayerDefinition<Flatten> = {
  kind: 'flatten',
  describe: () => '',
  output: (_, input) => [elements(input), 1, 1],
  examples: [{ layer: { kind: 'flatten' }, inputs: [[3, 2, 4]] }],
};
