import type { CollectedRun, ExperimentResults, VariantResults } from '@strata/experiments/collect';
import { fading, meanResponse } from '../summary/index.js';
import type { Column } from './columns.js';

export interface RunRow {
  readonly results: ExperimentResults;
  readonly variant: VariantResults;
  readonly run: CollectedRun;
}

/** One row a planned run, by variant, then seed. */
export function runRows(results: ExperimentResults): readonly RunRow[] {
  return results.variants.flatMap(variant => variant.runs.map(run => ({ results, variant, run })));
}

/** When the training ended, as its last event says. */
export function finishedAt({ events }: CollectedRun): string | null {
  return events.findLast(event => event.type === 'end')?.time ?? null;
}

export const runColumns: readonly Column<RunRow>[] = [
  { name: 'experiment', description: 'name of the experiment', value: row => row.results.experiment.name },
  { name: 'profile', description: 'smoke, quick, reduced or paper', value: row => row.results.profileName },
  { name: 'variant', description: "the paper's name of the network", value: row => row.variant.name },
  { name: 'model', description: 'name for strata model', value: row => row.variant.model },
  {
    name: 'seed',
    description: 'runs of the same seed are paired between variants',
    value: row => row.run.seed,
  },
  { name: 'run', description: "the run's id and its folder's name", value: row => row.run.id },
  { name: 'state', description: 'planned, running, done, failed or diverged', value: row => row.run.state },
  { name: 'reason', description: 'why the run failed', value: row => row.run.reason },
  {
    name: 'test_top1_error',
    description: 'percent of the test images',
    value: row => row.run.test?.top1Error ?? null,
  },
  {
    name: 'test_top5_error',
    description: 'percent of the test images',
    value: row => row.run.test?.top5Error ?? null,
  },
  {
    name: 'test_loss',
    description: 'nats, mean over the test images',
    value: row => row.run.test?.loss ?? null,
  },
  { name: 'test_images', description: 'number of test images', value: row => row.run.test?.count ?? null },
  {
    name: 'train_top1_error',
    description: 'percent of the clean training images, dropout off',
    value: row => row.run.train?.top1Error ?? null,
  },
  {
    name: 'train_loss',
    description: "nats, mean over the last epoch's batches as trained on",
    value: row => row.run.trainLoss,
  },
  {
    name: 'mean_response',
    description: 'deviation of layers behind batch norm, mean over them; where the experiment measures it',
    value: row => row.run.responses && meanResponse(row.run.responses),
  },
  {
    name: 'gradient_fading',
    description:
      "powers of ten by which the loss's gradient is smaller at the first of these layers than at the last",
    value: row => row.run.responses && fading(row.run.responses),
  },
  {
    name: 'parameters',
    description: 'weights and biases of the network as trained',
    value: row => row.variant.parameters,
  },
  {
    name: 'multiply_adds',
    description: "of one image's forward pass",
    value: row => row.variant.multiplyAdds,
  },
  {
    name: 'seconds',
    description: 'wall-clock seconds of training, evaluation left out',
    value: row => row.run.seconds,
  },
  {
    name: 'images_per_second',
    description: 'training images a second',
    value: row => row.run.imagesPerSecond,
  },
  {
    name: 'weights_sha256',
    description: 'SHA-256 of the final weights',
    value: row => row.run.weightsSha256,
  },
  { name: 'dataset', description: 'the data that was used', value: row => row.run.run.dataset.name },
  {
    name: 'dataset_checksum',
    description: 'SHA-256 of the data',
    value: row => row.run.run.dataset.checksum,
  },
  { name: 'engine', description: 'what computed it', value: row => row.run.run.engine },
  {
    name: 'engine_version',
    description: 'its version',
    value: row => row.run.environment?.engineVersion ?? null,
  },
  { name: 'numerics', description: "version of Strata's arithmetic", value: row => row.run.run.numerics },
  { name: 'strata', description: 'version of Strata', value: row => row.run.environment?.strata ?? null },
  { name: 'node', description: 'version of Node.js', value: row => row.run.environment?.node ?? null },
  { name: 'cpu', description: 'processor', value: row => row.run.environment?.cpu ?? null },
  {
    name: 'threads',
    description: "CPU threads, empty for the engine's choice",
    value: row => row.run.environment?.threads ?? null,
  },
  { name: 'platform', description: 'operating system', value: row => row.run.environment?.platform ?? null },
  { name: 'finished', description: 'end of the training, ISO 8601', value: row => finishedAt(row.run) },
];
