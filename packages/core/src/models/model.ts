import type { Network, Shape } from '../network/index.js';

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
  /** Every option with one line on what it is; unknown ones are refused with the nearest of these. */
  readonly options: Readonly<Record<keyof Options, string>>;
}

export const commonOptions: Readonly<Record<keyof CommonOptions, string>> = {
  input: 'channels, height and width of the images',
  classes: 'number of classes',
  width: 'multiplies the number of filters and hidden units',
};

/** A scaled number of filters or units: rounded, at least one. */
export function scaled(filters: number, width: number): number {
  return Math.max(1, Math.round(filters * width));
}
