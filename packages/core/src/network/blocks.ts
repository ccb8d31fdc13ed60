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

export function dense(name: string, units: number, { bias = true } = {}): Block {
  return layer(name, { kind: 'dense', units, bias });
}

export function relu(name: string): Block {
  return layer(name, { kind: 'relu' });
}

/** Maximum over square windows, without overlap unless `stride` says otherwise. */
export function maxPool(name: string, size: number, options: WindowOptions = {}): Block {
  return layer(name, { kind: 'maxPool', window: squareWindow(size, { stride: size, ...options }) });
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
