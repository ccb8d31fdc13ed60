import type { Shape, Window } from './shape.js';

/** A tensor that belongs to a layer. */
export interface Parameter {
  /** `weight`, `bias` …: with the layer's name in front it is the tensor's name everywhere (`conv1_1.weight`). */
  readonly name: string;
  /** Convolution: `[filters, channels / groups, height, width]`; dense: `[units, inputs]`. */
  readonly shape: readonly number[];
  /** What initialisation and weight decay go by. A scale starts at one, a bias at zero; "weights only" decays neither. */
  readonly role: 'weight' | 'bias' | 'scale';
  /** How many inputs one output sums, and how many outputs one input feeds (Glorot and Bengio 2010). */
  readonly fanIn: number;
  readonly fanOut: number;
}

/** A tensor that training keeps without a gradient: it belongs to the state, not to the parameter count. */
export interface Statistic {
  readonly name: string;
  readonly shape: readonly number[];
  readonly initial: number;
}

/**
 * All that is known of a layer kind apart from how engines compute it. Shapes are those of one image.
 * `examples` are small instances that every engine's gradient and parity tests run.
 */
export interface LayerDefinition<L extends { readonly kind: string }> {
  readonly kind: L['kind'];
  /** One line for summaries, in the papers' words: `3x3, 64`. */
  describe(layer: L): string;
  /** @throws UsageError when the inputs do not fit the layer. Most kinds take one input; a merging kind takes several. */
  output(layer: L, ...inputs: Shape[]): Shape;
  parameters?(layer: L, ...inputs: Shape[]): readonly Parameter[];
  statistics?(layer: L, ...inputs: Shape[]): readonly Statistic[];
  /** Multiply-adds of one image. Only convolutions, dense layers and trained sub-sampling count, as the papers count them. */
  multiplyAdds?(layer: L, ...inputs: Shape[]): number;
  /** The sliding window, for receptive fields. */
  window?(layer: L): Window;
  readonly examples: readonly { readonly layer: L; readonly inputs: readonly Shape[] }[];
}
