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

/** How the learning rate goes: a pure function of the step and of what the epochs before it reported. */
export type Schedule = StepSchedule | PlateauSchedule;

interface CommonSchedule {
  readonly initial: number;
  /** What a drop multiplies the rate by. */
  readonly factor: number;
  /** The rate rises linearly from zero over so many first steps. */
  readonly warmUpSteps: number;
  /** A rate of its own before that, which counts as no drop; without when left out. */
  readonly warmUp?: ConstantWarmUp;
}

/** Drops at fixed fractions of the training; a constant rate where there are none. */
export interface StepSchedule extends CommonSchedule {
  readonly kind: 'steps';
  /** Fractions of all steps, rising. */
  readonly dropAt: readonly number[];
}

/**
 * Drops when the error on the validation images stops improving (AlexNet, section 5; VGG, section 3.1), after `patience`
 * epochs in a row without a new lowest, and at most `drops` times. Needs a validation split; variants no longer drop
 * at the same step.
 */
export interface PlateauSchedule extends CommonSchedule {
  readonly kind: 'plateau';
  readonly patience: number;
  readonly drops: number;
}

/**
 * A constant rate at first, until so many steps are taken or an epoch's training error falls below so many percent,
 * whichever is given and comes first (ResNet-110: 0.01 until 80 %, He et al. 2015, section 4.2).
 */
export interface ConstantWarmUp {
  readonly rate: number;
  readonly steps?: number;
  readonly trainError?: number;
}

/** How weights start; scales start at one. */
export type Initialisation = (
  | {
      readonly kind: 'gaussian';
      /** Standard deviation at full width. */
      readonly deviation: number;
      /** The deviation is divided by the square root of this, so that a narrow net keeps the gain of the full one. */
      readonly width: number;
    }
  | { readonly kind: 'glorot' }
  | { readonly kind: 'msra' }
) & {
  /** Where biases start. */
  readonly bias: number;
  /**
   * Layers or stages whose biases start at one instead, so that their ReLUs see positive inputs early on (AlexNet,
   * section 5). Those that a network lacks are passed over, since its variants share a recipe.
   */
  readonly biasOne?: readonly string[];
};
