import { UsageError } from '../../errors/index.js';
import type { LayerDefinition } from '../layer-definition.js';
import { formatShape, type Shape, shapesEqual } from '../shape.js';

/** The sum of two or more equal shapes: where a residual block's branches meet. */
export interface Add {
  readonly kind: 'add';
}

function sameShape(inputs: readonly Shape[]): Shape {
  const [first] = inputs;
  if (!first || inputs.length < 2)
    throw new UsageError(`add needs at least two inputs, not ${inputs.length}.`);
  if (!inputs.every(shape => shapesEqual(shape, first))) {
    throw new UsageError(
      `add needs equal shapes, not ${inputs.map(formatShape).join(' and ')}; project one branch.`,
    );
  }
  return first;
}

export const add: LayerDefinition<Add> = {
  kind: 'add',
  describe: () => '',
  output: (_, ...inputs) => sameShape(inputs),
  examples: [
    {
      layer: { kind: 'add' },
      inputs: [
        [3, 2, 4],
        [3, 2, 4],
      ],
    },
    {
      layer: { kind: 'add' },
      inputs: [
        [2, 3, 3],
        [2, 3, 3],
        [2, 3, 3],
      ],
    },
  ],
};
