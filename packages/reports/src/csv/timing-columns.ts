import type { ExperimentResults } from '@strata/experiments/collect';
import { deviceOf } from '../summary/index.js';
import type { Column } from './columns.js';

type Timing = ExperimentResults['timings'][number];

export interface TurnRow {
  readonly timing: Timing;
  readonly step: Timing['steps'][number];
  /** From 0. */
  readonly turn: number;
}

/** One row a turn of a variant, by measurement, the newest first. */
export function turnRows({ timings }: ExperimentResults): readonly TurnRow[] {
  return timings.flatMap(timing =>
    timing.steps.flatMap(step => step.seconds.map((_, turn) => ({ timing, step, turn }))),
  );
}

export const turnColumns: readonly Column<TurnRow>[] = [
  { name: 'variant', description: "the paper's name of the network", value: row => row.step.variant },
  { name: 'turn', description: 'the same turn is the same minute for all variants', value: row => row.turn },
  {
    name: 'seconds',
    description: 'of one training step, mean over the steps of the turn',
    value: row => row.step.seconds[row.turn] ?? null,
  },
  { name: 'batch', description: 'images of a step', value: row => row.step.batchSize },
  { name: 'device', description: 'processor, threads and engine', value: row => deviceOf(row.timing) },
  { name: 'load', description: "the machine's load in the minute before", value: row => row.timing.load },
  { name: 'measured', description: 'when, ISO 8601', value: row => row.timing.measured },
  { name: 'strata', description: 'version of Strata', value: row => row.timing.environment.strata },
  { name: 'host', description: 'name of the machine', value: row => row.timing.environment.host },
];
