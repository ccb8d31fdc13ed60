import { UsageError } from '../../errors/index.js';
import type { LayerDefinition } from '../layer-definition.js';
import { formatShape, type Shape } from '../shape.js';

/** Two or more maps of equal height and width, one after the other along the channels (as in Inception). */
export interface Concat {
  readonly kind: 'concat';
}

function joined(inputs: readonly Shape[]): Shape {
  const [first] = inputs;
  if (!first || inputs.length < 2)
    throw new UsageError(`concat needs at least two inputs, not ${inputs.length}.`);
  const [, height, width] = first;
  if (!inputs.every(shape => shape[1] === height && shape[2] === width)) {
    throw new UsageError(
      `concat needs maps of one size, not ${inputs.map(formatShape).join(' and ')}; pad or pool one branch.`,
    );
  }
  return [inputs.reduce((sum, [channels]) => sum + channels, 0), height, width];
}

export const concat: LayerDefinition<Concat> = {
  kind: 'concat',
  describe: () => '',
  output: (_, ...inputs) => joined(inputs),
  examples: [
    {
      layer: { kind: 'concat' },
      inputs: [
        [3, 2, 4],
        [1, 2, 4],
      ],
    },
    {
      layer: { kind: 'concat' },
      inputs: [
        [2, 3, 3],
        [1, 3, 3],
        [4, 3, 3],
      ],
    },
  ],
};
