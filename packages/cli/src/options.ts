import { profileNames } from '@strata/experiments/catalog';

interface Option {
  readonly describe: string;
  readonly type: 'string' | 'boolean' | 'number';
  /** May be given several times. */
  readonly array?: boolean;
  readonly default?: string | boolean;
}

/** Every option of every verb, once. Names that Nx keeps for itself (verbose, parallel, configuration …) are not for us. */
export const options = {
  profile: {
    describe: `Size of the experiment: ${profileNames.join(', ')}`,
    type: 'string',
    default: 'quick',
  },
  seeds: { describe: 'How many seeds (3), or which (0,3,7)', type: 'string' },
  only: { describe: 'Only these variants, and those they start from (A,B)', type: 'string', array: true },
  set: { describe: 'Change one value of the profile (recipe.epochs=3)', type: 'string', array: true },
  dataset: {
    describe: 'Data set, or auto: the profile’s own where it is found, else shapes',
    type: 'string',
    default: 'auto',
  },
  'data-dir': { describe: 'Folder in which data sets are looked for first', type: 'string' },
  engine: {
    describe: 'What computes, or auto: the fastest that works here',
    type: 'string',
    default: 'auto',
  },
  threads: { describe: 'CPU threads for the engine', type: 'number' },
  store: { describe: 'Folder that keeps runs (default: results in the project)', type: 'string' },
  out: { describe: 'Folder for pages and tables (default: reports in the store)', type: 'string' },
  report: { describe: 'Write the page and tables when the runs are over', type: 'boolean', default: true },
  json: { describe: 'Print one JSON document and nothing else', type: 'boolean', default: false },
  classes: { describe: 'Number of classes', type: 'number' },
  input: { describe: 'Image size: 224, or channels,height,width (3,32,32)', type: 'string' },
  width: { describe: 'Multiplies the number of filters and hidden units', type: 'number' },
  nets: { describe: 'Only these nets of the bench (wrn-16-1,vgg-a)', type: 'string', array: true },
  pipeline: {
    describe: 'Measure the input pipeline instead: how long engines wait for it, how fast it decodes',
    type: 'boolean',
    default: false,
  },
  versus: { describe: 'Measure beside this (torch)', type: 'string' },
  rounds: { describe: 'How often each net is timed (5)', type: 'number' },
  mirror: {
    describe: 'Base address to download from instead of the official one',
    type: 'string',
    array: true,
  },
} as const satisfies Record<string, Option>;

export type OptionName = keyof typeof options;

type Scalar<O extends Option> = O['type'] extends 'number'
  ? number
  : O['type'] extends 'boolean'
    ? boolean
    : string;
type Value<O extends Option> = O extends { array: true }
  ? readonly string[] | undefined
  : O extends { default: string | boolean }
    ? Scalar<O>
    : Scalar<O> | undefined;

/** The values of some options, typed by the table. */
export type OptionValues<Names extends OptionName> = { readonly [N in Names]: Value<(typeof options)[N]> };
