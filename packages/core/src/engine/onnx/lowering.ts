import type { Layer, LayerKind, Shape } from '../../network/index.js';
import type { Graph, Value } from './graph/graph.js';
import type { Storage } from './storage.js';

/** `plain` is `[batch, channels, height, width]`; `blocked` is the CPU's NCHWc, see `nchwc/`. */
export type Layout = 'plain' | 'blocked';

/** What one layer puts out, in the graph. */
export interface Activation {
  readonly name: string;
  /** Always four axes: batch, channels (padded to whole blocks where blocked), height, width. */
  readonly value: Value;
  /** Of one image, without padding. */
  readonly shape: Shape;
  readonly layout: Layout;
}

/** The loss's gradient with respect to an activation, laid out as the activation. */
export interface Gradient {
  readonly value: Value;
  /** It is zero wherever the activation is zero or below, so that a ReLU in front of it need not mask again. */
  readonly gated: boolean;
}

/** Gradients on their way back: layers later in the network add to those of the activations that they read. */
export interface Gradients {
  /** Whether anything before this activation learns. */
  wanted(activation: Activation): boolean;
  /**
   * Hands over what the activation has been sent so far, for an operator that adds it in passing. Whoever takes it
   * owes `add` the sum.
   */
  take(activation: Activation): Value | undefined;
  add(activation: Activation, value: Value, gated?: boolean): void;
}

/** A layer about to be emitted. */
export interface LayerContext<L extends Layer> {
  readonly graph: Graph;
  /** A frozen layer computes as in evaluation while others train. */
  readonly mode: 'training' | 'evaluation';
  readonly batchSize: number;
  readonly name: string;
  readonly layer: L;
  readonly inputs: readonly [Activation, ...Activation[]];
  /** Of one image. */
  readonly output: Shape;
  /** Layers that follow and are computed by the same operator, where the plan says so. */
  readonly fused: Fused;
  readonly gradients: Gradients;
  /** The value of a parameter or statistic, stored as the lowering likes it: as the network's shape says unless given. */
  variable(name: string, storage?: Storage): Value;
  /** In the variable's storage. */
  parameterGradient(name: string, value: Value): void;
  /** A statistic's value after the step. */
  updateStatistic(name: string, value: Value): void;
  /** A dropout mask for the layer's output, `[batch, channels, height, width]`. */
  mask(rate: number): Value;
}

export interface Fused {
  readonly relu: boolean;
  /** Another activation, added to the layer's output (before any ReLU). */
  readonly sum?: Activation;
}

export interface Emission {
  readonly output: Value;
  /** Emits the gradients of the layer's inputs and, in training, of its parameters. */
  backward(gradient: Gradient): void;
}

/** How one kind of layer becomes operators, forward and backward. */
export type Lowering<L extends Layer> = (context: LayerContext<L>) => Emission;

export type Lowerings = { readonly [K in LayerKind]: Lowering<Extract<Layer, { kind: K }>> };
