import { type Block, type Network, relu, type Shape, scaledTanh, tanh } from '../network/index.js';
import type { OptionRule } from './option.js';

/** What every model can be built with; a family adds its own. */
export interface CommonOptions {
  /** `[channels, height, width]` of the images. */
  readonly input?: Shape;
  readonly classes?: number;
  /** Multiplies the number of filters and hidden units. */
  readonly width?: number;
}

/** One family of models: a file that reads like the paper's table. */
export interface ModelFamily<Options extends CommonOptions> {
  /** Names it builds; tests iterate over them. */
  readonly names: readonly string[];
  /** For a family with parameters in its names (`wrn-<depth>-<k>`): whether a name beside the listed ones is its own. */
  matches?(name: string): boolean;
  /** Where the architecture stands: paper and table. */
  readonly source: string;
  build(name: string, options: Options): Network;
  /** Every option with what it is and takes; unknown ones are refused with the nearest of these. */
  readonly options: Readonly<Record<keyof Options, OptionRule>>;
  /** Options that make a model small enough for the tests to train it on the slowest engine, all its kinds of layers kept. */
  small(name: string): Options;
}

export const commonOptions: Readonly<Record<keyof CommonOptions, OptionRule>> = {
  input: { about: 'channels, height and width of the images', takes: 'shape' },
  classes: { about: 'number of classes', takes: 'size' },
  width: { about: 'multiplies the number of filters and hidden units', takes: 'factor' },
};

/** A scaled number of filters or units: rounded, at least one. */
export function scaled(filters: number, width: number): number {
  return Math.max(1, Math.round(filters * width));
}

const activations = { relu, tanh, 'scaled-tanh': scaledTanh } as const;

export type Activation = keyof typeof activations;
export const activationNames = Object.keys(activations) as readonly Activation[];

export function activation(name: string, kind: Activation): Block {
  return activations[kind](name);
}
