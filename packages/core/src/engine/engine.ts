import type { Network, Parameter, Shape } from '../network/index.js';

/** A named tensor in the logical layout of `Parameter.shape`, rows last. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/**
 * Everything a training holds, by name: `conv1_1.weight` for parameters, `bn.running_mean` for statistics,
 * `conv1_1.weight.momentum` for optimizer slots. Engines convert to their own layouts on the way in and out.
 */
export type State = ReadonlyMap<string, Tensor>;

/** The name of a parameter's velocity in a state. */
export function momentumName(parameter: string): string {
  return `${parameter}.momentum`;
}

/** Images with their classes. A training takes batches of exactly the size that it was built for. */
export interface Batch {
  /** `[count, channels, height, width]`, preprocessed. */
  readonly images: Float32Array;
  /** Class numbers, one an image. */
  readonly labels: Int32Array;
  readonly count: number;
}

/** Stochastic gradient descent with momentum. Both forms agree while the learning rate stays the same. */
export interface Optimizer {
  readonly kind: 'sgd';
  /**
   * `scaled-velocity`: v = m v - lr (g + decay w), w += v, as AlexNet (section 5) writes it and VGG follows;
   * `scaled-update`: v = m v + (g + decay w), w -= lr v, as Torch does and Wide ResNet follows.
   * With `nesterov` the weights move by what the new velocity would make of the same gradient once more:
   * w += m v - lr (g + decay w), or w -= lr (g + decay w + m v).
   */
  readonly form: 'scaled-velocity' | 'scaled-update';
  readonly momentum: number;
  readonly nesterov: boolean;
  readonly weightDecay: number;
  readonly decayOn: DecayOn;
}

/** Which parameters decay: `all`; `weights`, those of convolutions and dense layers; or those of the roles listed. */
export type DecayOn = 'all' | 'weights' | readonly Parameter['role'][];

/** The decay of a parameter. */
export function decayOf({ weightDecay, decayOn }: Optimizer, role: Parameter['role']): number {
  const roles = decayOn === 'weights' ? ['weight'] : decayOn;
  return roles === 'all' || roles.includes(role) ? weightDecay : 0;
}

export interface BuildOptions {
  readonly batchSize: number;
  readonly optimizer: Optimizer;
  /**
   * Names of layers that keep their weights, without velocities: they compute as in evaluation, batch norm by its
   * running statistics and dropout not at all. Nothing is differentiated below the first layer that learns.
   */
  readonly frozen?: readonly string[];
  /** CPU threads; the engine's own choice when left out. Results do not depend on it; some engines have no choice. */
  readonly threads?: number;
  readonly device?: string;
}

export interface StepOptions {
  readonly learningRate: number;
  /** Dropout masks are a pure function of these two and the layer's name. */
  readonly randomness: { readonly seed: number; readonly step: number };
}

export interface StepResult {
  /** Mean softmax cross-entropy over the batch, without the weight-decay term. */
  readonly loss: number;
  /** How many of the batch the network, dropout active, got right before the update. */
  readonly correct: number;
}

/**
 * A network on an engine. Holds weights, statistics and the optimizer slots of what is not frozen; until `restore` scales are one, statistics at
 * their initial value, everything else zero. No random state.
 */
export interface Trainable {
  /** One update. Throws UsageError where the batch does not fit the network or has an unknown label. */
  step(batch: Batch, options: StepOptions): Promise<StepResult>;
  /** Loss and the gradient of every parameter that is not frozen, weight decay left out; nothing is updated. */
  gradients(batch: Batch, randomness: StepOptions['randomness']): Promise<{ loss: number; gradients: State }>;
  /** A copy of the whole state. */
  state(): Promise<State>;
  /**
   * Takes over a state; optimizer slots that it lacks start at zero and statistics at their initial value, tensors of
   * other names are passed over.
   * @throws UsageError naming a parameter that is missing or a tensor of another shape; the old state is kept then.
   */
  restore(state: State): Promise<void>;
  /** Mean, deviation and norm of the loss's gradient of the outputs of named layers, in training without dropout. */
  probe(layers: readonly string[], batch: Batch): Promise<ReadonlyMap<string, ProbeStatistics>>;
  dispose(): void;
}

export interface ProbeStatistics {
  readonly mean: number;
  readonly deviation: number;
  readonly gradientNorm: number;
}

/** A trained network without dropout, normalising by running statistics: images in, logits `[count, classes]` out. */
export interface Evaluator {
  /** `count` may be below the batch size. */
  logits(images: Float32Array, count: number): Promise<Float32Array>;
  dispose(): void;
}

export interface EvaluatorOptions {
  readonly batchSize: number;
  /** The network's own unless given. */
  readonly inputShape?: Shape;
  readonly threads?: number;
}

export interface Engine {
  readonly name: string;
  readonly version: string;
  /** How it computes on this machine, where that is found out at the start; results may differ in rounding with it. */
  readonly detail?: string;
  /** @throws UsageError naming the first layer that the engine cannot compute, or a frozen one that is not there, before anything runs. */
  build(network: Network, options: BuildOptions): Promise<Trainable>;
  /** @throws UsageError as `build` and `restore`, and where the layers do not fit another input shape. */
  evaluator(network: Network, weights: State, options: EvaluatorOptions): Promise<Evaluator>;
}
