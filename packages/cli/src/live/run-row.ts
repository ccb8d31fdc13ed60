import type { TrainingEvent } from '@strata/core/training';
import type { PlannedRun } from '@strata/experiments/plan';
import type { RunnerEvent } from '@strata/experiments/runner';
import type { RunResult } from '@strata/experiments/store';

export type RowState =
  | 'waiting'
  | 'running'
  | 'testing'
  /** Another process works on it. */
  | 'elsewhere'
  | 'done'
  | 'diverged'
  | 'failed';

/** How one run stands, as far as it is known. Plain data; null is not known, or not yet. */
export interface RunRow {
  readonly id: string;
  readonly name: string;
  readonly state: RowState;
  /** Why it failed or is tried again, or who else works on it; else empty. */
  readonly note: string;
  /** What all of its steps are expected to take, in seconds. */
  readonly cost: number;
  readonly steps: number;
  /** Steps that are over. */
  readonly step: number;
  /** Where and when (in milliseconds) the steps began whose pace is seen. */
  readonly from: { readonly step: number; readonly time: number } | null;
  /** Smoothed over the last batches; of a run that is over, as its result says. */
  readonly loss: number | null;
  /** Top-1 error in percent of the training batches, smoothed. */
  readonly trainError: number | null;
  /** Top-1 error in percent when the test images were last looked at. */
  readonly testError: number | null;
  readonly imagesPerSecond: number | null;
  /** What the training took. */
  readonly seconds: number | null;
  /** When it came into its state, in milliseconds. */
  readonly changed: number;
}

export function waitingRow(
  { id, variant, seed, steps }: PlannedRun,
  cost: number,
  prefix: string = '',
): RunRow {
  return {
    id,
    name: `${prefix}${variant}, seed ${seed}`,
    state: 'waiting',
    note: '',
    cost,
    steps,
    step: 0,
    from: null,
    loss: null,
    trainError: null,
    testError: null,
    imagesPerSecond: null,
    seconds: null,
    changed: 0,
  };
}

export function isOver({ state }: RunRow): boolean {
  return state === 'done' || state === 'diverged' || state === 'failed';
}

export function isActive({ state }: RunRow): boolean {
  return state === 'running' || state === 'testing' || state === 'elsewhere';
}

/** The row after something has happened to its run, at a time in milliseconds. */
export function afterEvent(row: RunRow, event: RunnerEvent, time: number): RunRow {
  switch (event.type) {
    case 'queued':
      return enter(row, 'waiting', time, event.as);
    case 'began':
      return enter(row, 'running', time);
    case 'training':
      return afterTraining(row.state === 'running' ? row : enter(row, 'running', time), event.event, time);
    case 'testing':
      return enter(row, 'testing', time);
    case 'waiting':
      return enter(row, 'elsewhere', time, event.by);
    case 'retrying':
      return enter(row, 'waiting', time, event.reason);
    case 'ended':
    case 'reused':
      return afterResult(row, event.result, time);
    case 'failed':
      return enter(row, 'failed', time, event.reason);
  }
}

/** A moment of a training alone: as the runner tells it, or as `events.jsonl` keeps it. */
export function afterTraining(row: RunRow, event: TrainingEvent, time: number): RunRow {
  switch (event.type) {
    case 'start': {
      const { steps, resumedFromStep: step } = event;
      return { ...row, steps, step, from: { step, time } };
    }
    case 'step':
      return {
        ...row,
        step: event.step,
        loss: smoothed(row.loss, event.loss),
        trainError: smoothed(row.trainError, event.top1Error),
        imagesPerSecond: smoothed(row.imagesPerSecond, event.imagesPerSecond),
      };
    case 'epoch':
      return { ...row, step: event.step, testError: event.test?.top1Error ?? row.testError };
    case 'end':
      return row;
  }
}

export function afterResult(row: RunRow, result: RunResult, time: number): RunRow {
  const { state, steps, trainLoss, imagesPerSecond, seconds } = result;
  return { ...enter(row, state, time), step: steps, loss: trainLoss, imagesPerSecond, seconds };
}

export function enter(row: RunRow, state: RowState, time: number, note: string = ''): RunRow {
  return { ...row, state, note, changed: time };
}

/** Weight of what is new: single batches jump about. */
const NEW = 0.2;

function smoothed(old: number | null, value: number | null): number | null {
  // What has overflowed shows at once.
  if (old === null || value === null || !Number.isFinite(old) || !Number.isFinite(value)) return value;
  return old + NEW * (value - old);
}
