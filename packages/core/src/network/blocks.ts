import type { Layer } from './layers/index.js';
import type { Block } from './network.js';
import { squareWindow, type WindowOptions } from './shape.js';

/** The pieces from which model files are written, so that they read like the papers' tables. */

export function layer(name: string, value: Layer): Block {
  return from => from.add(name, value, [from]);
}

/** One block after the other. */
export function sequence(...blocks: readonly Block[]): Block {
  return from => blocks.reduce((place, block) => block(place), from);
}

export interface ConvOptions extends WindowOptions {
  readonly groups?: number;
  readonly bias?: boolean;
}

/** A square convolution; without `padding` an odd one keeps the map's size at stride 1. */
export function conv(name: string, filters: number, size: number, options: ConvOptions = {}): Block {
  const { stride = 1, padding = (size - 1) >> 1, groups = 1, bias = true } = options;
  return layer(name, {
    kind: 'convolution',
    filters,
    window: squareWindow(size, { stride, padding }),
    groups,
    bias,
  });
}

/** A square convolution in which filter i sees the channels `connections[i]` only; without padding. */
export function partialConv(
  name: string,
  connections: readonly (readonly number[])[],
  size: number,
  options: WindowOptions = {},
): Block {
  return layer(name, { kind: 'partialConvolution', window: squareWindow(size, options), connections });
}

export function dense(name: string, units: number, { bias = true } = {}): Block {
  return layer(name, { kind: 'dense', units, bias });
}

export function relu(name: string): Block {
  return layer(name, { kind: 'relu' });
}

export function tanh(name: string): Block {
  return layer(name, { kind: 'tanh' });
}

/** 1.7159 tanh(2x/3) (LeCun et al. 1998, appendix A). */
export function scaledTanh(name: string): Block {
  return layer(name, { kind: 'scaledTanh', amplitude: 1.7159, slope: 2 / 3 });
}

/** Batch normalisation; a step keeps 0.9 of the running statistics unless given, as Torch does. */
export function batchNorm(name: string, { momentum = 0.9 } = {}): Block {
  return layer(name, { kind: 'batchNorm', momentum });
}

/** Maximum over square windows, without overlap unless `stride` says otherwise. */
export function maxPool(name: string, size: number, options: WindowOptions = {}): Block {
  return layer(name, { kind: 'maxPool', window: squareWindow(size, { stride: size, ...options }) });
}

/** Mean over square windows, without overlap unless `stride` says otherwise. */
export function averagePool(name: string, size: number, options: WindowOptions = {}): Block {
  return layer(name, { kind: 'averagePool', window: squareWindow(size, { stride: size, ...options }) });
}

/** Sub-sampling by 2 with a trained coefficient and bias for each map (LeCun et al. 1998, section II.B). */
export function trainableSubSampling(name: string): Block {
  return sequence(averagePool(`${name}.pool`, 2), layer(`${name}.scale`, { kind: 'channelScale' }));
}

export function globalAveragePool(name: string): Block {
  return layer(name, { kind: 'globalAveragePool' });
}

/** The sum of branches that start from the same place; an empty `sequence()` is the identity shortcut. */
export function residual(name: string, ...branches: readonly Block[]): Block {
  return from => {
    const ends = branches.map(branch => branch(from));
    return from.add(name, { kind: 'add' }, ends);
  };
}

/** The shortcut without parameters of a block that grows (He et al. 2015, option A). */
export function paddedShortcut(name: string, channels: number, stride: number): Block {
  return layer(name, { kind: 'paddedShortcut', stride, channels });
}

/** Branches from the same place, side by side along the channels. */
export function parallel(name: string, ...branches: readonly Block[]): Block {
  return from => {
    const ends = branches.map(branch => branch(from));
    return from.add(name, { kind: 'concat' }, ends);
  };
}

/**
 * A second classifier that branches off here, in training only: `weight` times its loss is added to the main one
 * (Inception v1, section 5, with 0.3). What follows goes on from where it branched off.
 */
export function auxiliaryHead(weight: number, ...blocks: readonly Block[]): Block {
  return from => {
    sequence(...blocks)(from).endAuxiliary(weight);
    return from;
  };
}

export interface LrnOptions {
  readonly size?: number;
  readonly k?: number;
  readonly alpha?: number;
  readonly beta?: number;
}

/** Local response normalisation with AlexNet's constants (section 3.3) unless given. */
export function lrn(name: string, { size = 5, k = 2, alpha = 1e-4, beta = 0.75 }: LrnOptions = {}): Block {
  return layer(name, { kind: 'localResponseNorm', size, k, alpha, beta });
}

export function dropout(name: string, rate: number): Block {
  return layer(name, { kind: 'dropout', rate });
}

export function flatten(name: string): Block {
  return layer(name, { kind: 'flatten' });
}
