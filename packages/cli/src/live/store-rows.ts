import type { TrainingEvent } from '@strata/core/training';
import type { RunStatus } from '@strata/experiments/store';
import { afterResult, afterTraining, enter, type RunRow } from './run-row.js';

/** What the files of a run say. */
export interface StoredMoment {
  readonly status: RunStatus;
  readonly events: readonly TrainingEvent[];
  /** When it was looked at, in milliseconds since 1970. */
  readonly time: number;
}

/** The row of a run by its files alone, whoever works on it. */
export function rowOfFiles(waiting: RunRow, { status, events, time }: StoredMoment): RunRow {
  const { state, reason, result, holder } = status;
  const start = events.findLast(event => event.type === 'start');
  const began = Date.parse(start?.time ?? '') || time;
  const row = events.reduce((before, event) => afterTraining(before, event, began), waiting);
  if (result) return afterResult(row, result, Date.parse(result.finished) || time);
  if (state === 'failed') return enter(row, 'failed', time, reason ?? '');
  if (state !== 'running') return enter(row, 'waiting', time);
  const isTrained = events.at(-1)?.type === 'end';
  return enter(row, isTrained ? 'testing' : 'running', Date.parse(holder?.owner?.since ?? '') || time);
}
