import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import type { StepOptions } from '../engine.js';

/** In training batch norm goes by the batch; in evaluation by running statistics. */
export type Mode = 'training' | 'evaluation';

/** What a layer is computed from. Activations are `[count, height, width, channels]`; a vector of n is `[count, 1, 1, n]`. */
export interface LayerCall<L> {
  readonly mode: Mode;
  readonly layer: L;
  /** The node's name, part of the key of its random draws. */
  readonly name: string;
  readonly inputs: readonly Tensor4D[];
  /** The layer's parameters and statistics as they are held, by their short names. */
  readonly tensor: (name: string) => Tensor;
  /** Absent: without dropout. */
  readonly randomness?: StepOptions['randomness'] | undefined;
  /** Hands over a statistic's value after the step, by its short name. */
  readonly updateStatistic: (name: string, value: Tensor) => void;
}

/**
 * How TensorFlow.js computes a layer kind. It must use differentiable operations only: those of `gradients.ts`, where a
 * new one is added in a few lines.
 */
export interface LayerLowering<L> {
  /**
   * Order in which a parameter's axes are held: axis i is axis `heldAxes[name][i]` of the logical shape. As they are
   * when left out.
   */
  readonly heldAxes?: Readonly<Record<string, readonly number[]>>;
  forward(call: LayerCall<L>): Tensor4D;
}

/** The only input of a layer that takes one. */
export function onlyInput({ inputs, name }: LayerCall<unknown>): Tensor4D {
  const [input] = inputs;
  if (!input || inputs.length !== 1)
    throw new RangeError(`Layer ${name} takes one input, not ${inputs.length}.`);
  return input;
}
