import type { ExperimentResults } from '@strata/experiments/collect';
import { type SummaryRow, summaryRows } from '../summary/index.js';
import type { Column } from './columns.js';

export interface VariantRow extends SummaryRow {
  readonly results: ExperimentResults;
}

/** One row a variant, in the paper's order. */
export function variantRows(results: ExperimentResults): readonly VariantRow[] {
  return summaryRows(results).map(row => ({ ...row, results }));
}

export const variantColumns: readonly Column<VariantRow>[] = [
  { name: 'experiment', description: 'name of the experiment', value: row => row.results.experiment.name },
  { name: 'profile', description: 'smoke, quick, reduced or paper', value: row => row.results.profileName },
  { name: 'dataset', description: 'the data that was used', value: row => row.dataset },
  { name: 'engine', description: 'what computed it', value: row => row.results.engine },
  { name: 'variant', description: "the paper's name of the network", value: row => row.variant },
  { name: 'paper_top1_error', description: 'percent, as published', value: row => row.paper },
  { name: 'paper_top5_error', description: 'percent, as published', value: row => row.paperTop5 },
  { name: 'n', description: 'runs with a test error', value: row => row.n },
  { name: 'top1_error', description: 'percent of the test images, mean over n runs', value: row => row.mean },
  {
    name: 'mixed',
    description: 'what differs between the runs, so that no mean is taken',
    value: row => row.mixed,
  },
  {
    name: 'top1_error_low',
    description: 'lower end of the 95 % t-interval of the mean',
    value: row => row.interval?.[0] ?? null,
  },
  { name: 'top1_error_high', description: 'upper end of it', value: row => row.interval?.[1] ?? null },
  {
    name: 'top1_error_deviation',
    description: 'sample standard deviation over runs',
    value: row => row.deviation,
  },
  {
    name: 'top1_difference',
    description: 'percentage points: top1_error minus paper_top1_error',
    value: row => row.difference,
  },
  {
    name: 'top5_error',
    description: 'percent of the test images, mean over runs',
    value: row => row.meanTop5,
  },
  {
    name: 'train_top1_error',
    description: 'percent of the clean training images, dropout off, mean',
    value: row => row.trainTop1,
  },
  {
    name: 'train_loss',
    description: "nats, last epoch's batches as trained on, mean",
    value: row => row.trainLoss,
  },
  {
    name: 'parameters',
    description: 'weights and biases of the network as trained',
    value: row => row.parameters,
  },
  { name: 'paper_parameters', description: "of the paper's network", value: row => row.paperParameters },
  { name: 'multiply_adds', description: "of one image's forward pass", value: row => row.multiplyAdds },
  { name: 'paper_multiply_adds', description: "of the paper's network", value: row => row.paperMultiplyAdds },
  {
    name: 'seconds',
    description: 'wall-clock seconds of one training, mean over runs',
    value: row => row.seconds,
  },
  {
    name: 'images_per_second',
    description: 'training images a second, mean over runs',
    value: row => row.imagesPerSecond,
  },
  { name: 'planned', description: 'number of runs planned', value: row => row.planned },
  { name: 'done', description: 'of these, done', value: row => row.states.done },
  { name: 'running', description: 'running', value: row => row.states.running },
  { name: 'failed', description: 'failed', value: row => row.states.failed },
  {
    name: 'diverged',
    description: 'diverged: the loss was no longer a number',
    value: row => row.states.diverged,
  },
];
