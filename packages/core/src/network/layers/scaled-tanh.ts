import type { LayerDefinition } from '../layer-definition.js';

/** amplitude · tanh(slope · x): 1.7159 and 2/3 in LeNet-5 (LeCun et al. 1998, appendix A). */
export interface ScaledTanh {
  readonly kind: 'scaledTanh';
  readonly amplitude: number;
  readonly slope: number;
}

export const scaledTanh: LayerDefinition<ScaledTanh> = {
  kind: 'scaledTanh',
  describe: ({ amplitude, slope }) => `${Number(amplitude.toFixed(4))} tanh(${Number(slope.toFixed(4))} x)`,
  output: (_, input) => input,
  examples: [{ layer: { kind: 'scaledTanh', amplitude: 1.7159, slope: 2 / 3 }, inputs: [[3, 2, 2]] }],
};
