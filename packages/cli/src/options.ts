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
  set: {
    describe: 'Change one value of the profile (recipe.epochs=3), or of a model (shortcut=B)',
    type: 'string',
    array: true,
  },
  svg: { describe: 'Print a drawing of the network (SVG)', type: 'boolean', default: false },
  probe: {
    describe:
      'Show what comes out of every layer before the first step, with weights drawn by msra, glorot, or N(0, 0.01²) (0.01)',
    type: 'string',
  },
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
  threads: { describe: 'CPU threads of each run, or auto: as many as gets most done', type: 'number' },
  slots: {
    describe: 'How many runs at a time, or auto: what gets most done',
    type: 'string',
    default: 'auto',
  },
  devices: { describe: 'GPUs to use (0,1); several runs share one while its memory lasts', type: 'string' },
  executor: {
    describe:
      'Where runs are trained: local (a process each), in-process (one after the other), slurm (a cluster)',
    type: 'string',
    default: 'local',
  },
  partition: { describe: 'Of the cluster: Slurm’s partition for the runs', type: 'string' },
  'time-limit': {
    describe: 'Of each run on the cluster (4:00:00); one that needs more goes on in another such piece',
    type: 'string',
  },
  gres: {
    describe: 'What each run gets on the cluster (gpu:1, which is usual for a GPU engine)',
    type: 'string',
  },
  account: { describe: 'Who pays for the cluster', type: 'string' },
  slurm: {
    describe: 'Another option of sbatch for each run (mem=8G)',
    type: 'string',
    array: true,
  },
  retries: { describe: 'How often to try a run again after its process has died (2)', type: 'number' },
  'fail-fast': { describe: 'Stop everything when a run fails', type: 'boolean', default: false },
  'keep-going': { describe: 'Go on with the others when a run fails', type: 'boolean', default: true },
  resume: { describe: 'Go on with unfinished runs where they were', type: 'boolean', default: true },
  fresh: { describe: 'Train unfinished runs from their beginning', type: 'boolean', default: false },
  tensorboard: {
    describe: 'Keep event files for TensorBoard beside the runs (tensorboard --logdir=STORE/runs)',
    type: 'boolean',
    default: false,
  },
  watch: { describe: 'Go on showing it until all is done', type: 'boolean', default: false },
  store: { describe: 'Folder that keeps runs (default: results in the project)', type: 'string' },
  protocol: {
    describe: 'How to test: a name (dense, ten-crop, one of the experiment’s own) or a protocol as JSON',
    type: 'string',
    array: true,
  },
  split: { describe: 'On these images alone: test, or train (clean)', type: 'string' },
  average: {
    describe: 'Test one network of each of these variants together, seed by seed (D,E)',
    type: 'string',
  },
  members: { describe: 'How many seeds of each variant --average takes together (1)', type: 'number' },
  out: {
    describe: 'Folder for pages and tables (default: reports in the store); for features, a file',
    type: 'string',
  },
  report: { describe: 'Write the page and tables when the runs are over', type: 'boolean', default: true },
  port: { describe: 'Port of the local page (8321)', type: 'number' },
  format: { describe: 'safetensors, onnx or tfjs', type: 'string' },
  json: { describe: 'Print one JSON document and nothing else', type: 'boolean', default: false },
  done: { describe: 'Remove these finished runs too, by id (4f0c…,92ab…)', type: 'string', array: true },
  unfinished: {
    describe: 'Remove unfinished runs too, though they could be gone on with',
    type: 'boolean',
    default: false,
  },
  'dry-run': { describe: 'Only say what would be done', type: 'boolean', default: false },
  layer: { describe: 'Name of a layer, as strata model lists them (fc2)', type: 'string' },
  classify: {
    describe: 'Train a linear classifier on the features instead, and print its errors',
    type: 'boolean',
    default: false,
  },
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
  rounds: { describe: 'How often each net is timed (5; of an experiment 11)', type: 'number' },
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
