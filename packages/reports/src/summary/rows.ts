import type { CollectedRun, ExperimentResults, VariantResults } from '@strata/experiments/collect';
import type { RunState } from '@strata/experiments/store';
import { type Interval, mean, sampleDeviation, tInterval } from '../statistics/index.js';
import { dataOf } from './by-data.js';
import { forbiddenMixturesOf } from './mixtures.js';

/**
 * One variant in figures: what page, CSV, terminal and JSON show, computed here alone. Errors and their differences are
 * top-1 unless named otherwise, in percent, unrounded; null is missing, never zero.
 */
export interface SummaryRow {
  readonly variant: string;
  /** The data that it was trained and tested on. */
  readonly dataset: string;
  /** The paper's top-1 error. */
  readonly paper: number | null;
  /** Mean test error over the `n` runs that have one. */
  readonly mean: number | null;
  /** 95 % t-interval of the mean over seeds; null below two. */
  readonly interval: Interval | null;
  readonly n: number;
  /** Mean minus paper, in percentage points. */
  readonly difference: number | null;
  readonly deviation: number | null;
  readonly seeds: readonly SeedError[];
  /** Why there is no mean although there are values: `engines: onnx, wasm`. Null where the runs belong together. */
  readonly mixed: string | null;
  readonly paperTop5: number | null;
  readonly meanTop5: number | null;
  readonly trainTop1: number | null;
  readonly trainLoss: number | null;
  readonly parameters: number | null;
  readonly paperParameters: number | null;
  readonly multiplyAdds: number | null;
  readonly paperMultiplyAdds: number | null;
  /** Wall-clock seconds of one training, mean over runs. */
  readonly seconds: number | null;
  readonly imagesPerSecond: number | null;
  /** How many runs were planned, and what became of them. */
  readonly planned: number;
  readonly states: Readonly<Record<RunState, number>>;
}

export interface SeedError {
  readonly seed: number;
  readonly run: string;
  readonly top1Error: number;
}

/** One row a variant, in the experiment's order; variants that were not planned have no figures. */
export function summaryRows(results: ExperimentResults): readonly SummaryRow[] {
  return results.experiment.variants.map(({ name }) => {
    const found = results.variants.find(candidate => candidate.name === name);
    return found
      ? rowOf(found, dataOf(results, found).name)
      : { ...NO_FIGURES, variant: name, dataset: results.dataset.name };
  });
}

const NO_STATES: Readonly<Record<RunState, number>> = {
  planned: 0,
  running: 0,
  done: 0,
  failed: 0,
  diverged: 0,
};

const NO_FIGURES: Omit<SummaryRow, 'variant' | 'dataset'> = {
  paper: null,
  mean: null,
  interval: null,
  n: 0,
  difference: null,
  deviation: null,
  seeds: [],
  mixed: null,
  paperTop5: null,
  meanTop5: null,
  trainTop1: null,
  trainLoss: null,
  parameters: null,
  paperParameters: null,
  multiplyAdds: null,
  paperMultiplyAdds: null,
  seconds: null,
  imagesPerSecond: null,
  planned: 0,
  states: NO_STATES,
};

function rowOf({ name, paper, parameters, multiplyAdds, runs }: VariantResults, dataset: string): SummaryRow {
  const finished = runs.filter(isOver);
  const mixtures = forbiddenMixturesOf(finished);
  const over = mixtures.length > 0 ? [] : finished;
  const seeds = seedErrors(finished);
  const errors = mixtures.length > 0 ? [] : seeds.map(seed => seed.top1Error);
  const meanError = meanOf(errors);
  return {
    variant: name,
    dataset,
    paper: paper.top1Error,
    mean: meanError,
    interval: errors.length < 2 ? null : tInterval(errors),
    n: seeds.length,
    mixed: mixtures.length > 0 ? mixtures.join('; ') : null,
    difference: meanError === null || paper.top1Error === null ? null : meanError - paper.top1Error,
    deviation: errors.length < 2 ? null : sampleDeviation(errors),
    seeds,
    paperTop5: paper.top5Error,
    meanTop5: meanOf(over.map(run => run.test?.top5Error)),
    trainTop1: meanOf(over.map(run => run.train?.top1Error)),
    trainLoss: meanOf(over.map(run => run.trainLoss)),
    parameters,
    paperParameters: paper.parameters,
    multiplyAdds,
    paperMultiplyAdds: paper.multiplyAdds,
    seconds: meanOf(over.map(run => run.seconds)),
    imagesPerSecond: meanOf(over.map(run => run.imagesPerSecond)),
    planned: runs.length,
    states: countStates(runs),
  };
}

/** The interval as drawn: an error is never below 0 or above 100 percent, though a t-interval of few seeds may be. */
export function drawnInterval({ interval }: Pick<SummaryRow, 'interval'>): Interval | null {
  return interval && [Math.max(0, interval[0]), Math.min(100, interval[1])];
}

/** A diverged run is a result and stays in every mean for which it has a number. */
export function isOver({ state }: CollectedRun): boolean {
  return state === 'done' || state === 'diverged';
}

function seedErrors(runs: readonly CollectedRun[]): readonly SeedError[] {
  return runs.flatMap(({ seed, id, test }) =>
    test && Number.isFinite(test.top1Error) ? [{ seed, run: id, top1Error: test.top1Error }] : [],
  );
}

function meanOf(values: readonly (number | null | undefined)[]): number | null {
  const present = values.filter((value): value is number => Number.isFinite(value));
  return present.length === 0 ? null : mean(present);
}

export function countStates(runs: readonly CollectedRun[]): Readonly<Record<RunState, number>> {
  const counts = { ...NO_STATES };
  for (const { state } of runs) counts[state]++;
  return counts;
}

/** What became of a row's runs, in words: `2 of 3 done, 1 failed`. */
export function stateInWords(row: RowStates): string {
  return row.planned === 0
    ? 'not planned'
    : [`${row.states.done} of ${row.planned} done`, ...otherStates(row)].join(', ');
}

/** The runs under way or gone wrong: `1 running`, `2 diverged`. */
export function otherStates({ states }: RowStates): readonly string[] {
  return (['running', 'failed', 'diverged'] as const)
    .filter(state => states[state] > 0)
    .map(state => `${states[state]} ${state}`);
}

type RowStates = Pick<SummaryRow, 'planned' | 'states'>;
