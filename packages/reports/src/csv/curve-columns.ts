import type { EpochEvent } from '@strata/core/training';
import type { ExperimentResults } from '@strata/experiments/collect';
import type { Column } from './columns.js';

export interface CurveRow {
  readonly variant: string;
  readonly seed: number;
  readonly run: string;
  readonly event: EpochEvent;
}

/** One row an epoch of a run, unfinished runs included. */
export function curveRows({ variants }: ExperimentResults): readonly CurveRow[] {
  return variants.flatMap(({ name, runs }) =>
    runs.flatMap(({ id, seed, events }) =>
      events.flatMap(event => (event.type === 'epoch' ? [{ variant: name, seed, run: id, event }] : [])),
    ),
  );
}

export const curveColumns: readonly Column<CurveRow>[] = [
  { name: 'variant', description: "the paper's name of the network", value: row => row.variant },
  { name: 'seed', description: 'runs of the same seed are paired between variants', value: row => row.seed },
  { name: 'run', description: "the run's id and its folder's name", value: row => row.run },
  { name: 'epoch', description: 'epochs that are over, from 1', value: ({ event }) => event.epoch },
  { name: 'step', description: 'steps that are over', value: ({ event }) => event.step },
  {
    name: 'learning_rate',
    description: 'of the last step of the epoch',
    value: ({ event }) => event.learningRate,
  },
  {
    name: 'train_loss',
    description: "nats, mean over the epoch's batches as trained on; empty where it overflowed",
    value: ({ event }) => event.trainLoss,
  },
  {
    name: 'train_top1_error',
    description: "percent, mean over the epoch's batches as trained on",
    value: ({ event }) => event.trainTop1Error,
  },
  {
    name: 'test_top1_error',
    description: 'percent of the test images; empty in epochs in which they were not looked at',
    value: ({ event }) => event.test?.top1Error ?? null,
  },
  {
    name: 'test_top5_error',
    description: 'percent of the test images',
    value: ({ event }) => event.test?.top5Error ?? null,
  },
  {
    name: 'test_loss',
    description: 'nats, mean over the test images',
    value: ({ event }) => event.test?.loss ?? null,
  },
  { name: 'seconds', description: 'wall-clock seconds of the epoch', value: ({ event }) => event.seconds },
];
