import { UsageError } from '../../errors/index.js';
import type { LayerDefinition } from '../layer-definition.js';
import { formatShape, type Shape } from '../shape.js';

/** A fully connected layer over a flattened input. */
export interface Dense {
  readonly kind: 'dense';
  readonly units: number;
  readonly bias: boolean;
}

function inputsOf([channels, height, width]: Shape): number {
  if (height !== 1 || width !== 1) {
    throw new UsageError(
      `A dense layer needs a vector, not ${formatShape([channels, height, width])}; put flatten() before it.`,
    );
  }
  return channels;
}

export const dense: LayerDefinition<Dense> = {
  kind: 'dense',
  describe: ({ units }) => `${units}`,
  output(layer, input) {
    inputsOf(input);
    return [layer.units, 1, 1];
  },
  parameters({ units, bias }, input) {
    const fanIn = inputsOf(input);
    const weight = { name: 'weight', shape: [units, fanIn], role: 'weight', fanIn, fanOut: units } as const;
    return bias ? [weight, { name: 'bias', shape: [units], role: 'bias', fanIn, fanOut: units }] : [weight];
  },
  multiplyAdds: ({ units }, input) => units * inputsOf(input),
  examples: [
    { layer: { kind: 'dense', units: 4, bias: true }, inputs: [[6, 1, 1]] },
    { layer: { kind: 'dense', units: 3, bias: false }, inputs: [[2, 1, 1]] },
  ],
};
