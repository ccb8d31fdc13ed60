import type { Augmentation, Normalisation } from '../data/index.js';
import type { Optimizer } from '../engine/index.js';

/** Everything that decides a training apart from network, data and seed; plain data, part of a run's identity. */
export interface Recipe {
  readonly epochs: number;
  readonly batchSize: number;
  readonly optimizer: Optimizer;
  readonly schedule: Schedule;
  readonly initialisation: Initialisation;
  /** Layers that keep the weights that they start with; none when left out. */
  readonly freeze?: Freeze;
  readonly normalisation: Normalisation;
  /** Applied in this order. */
  readonly augmentation: readonly Augmentation[];
}

/** `first`: so many convolutions and dense layers, with all that stands before the next one. `named`: see `layersNamed`. */
export type Freeze =
  | { readonly kind: 'first'; readonly layers: number }
  | { readonly kind: 'named'; readonly layers: readonly string[] };

/** A learning rate that is divided at fixed fractions of the training. */
export interface Schedule {
  readonly kind: 'steps';
  readonly initial: number;
  /** Fractions of all steps, rising, at which the rate is multiplied by `factor`. */
  readonly dropAt: readonly number[];
  readonly factor: number;
  /** The rate rises linearly from zero over so many first steps. */
  readonly warmUpSteps: number;
}

/** How weights start; biases start at `bias`, scales at one. */
export type Initialisation =
  | {
      readonly kind: 'gaussian';
      /** Standard deviation at full width. */
      readonly deviation: number;
      /** The deviation is divided by the square root of this, so that a narrow net keeps the gain of the full one. */
      readonly width: number;
      readonly bias: number;
    }
  | { readonly kind: 'glorot'; readonly bias: number }
  | { readonly kind: 'msra'; readonly bias: number };
