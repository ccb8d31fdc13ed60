import { formatCount, formatDuration } from '../print.js';
import type { RunRow } from './run-row.js';
import { runSecondsLeft } from './time-left.js';

/** A column of numbers in the table of runs. */
export interface Column {
  readonly title: string;
  /** Least columns of the terminal that it takes, so that it does not jump as its numbers grow. */
  readonly width: number;
  cell(row: RunRow, now: number): string;
}

const loss: Column = { title: 'loss', width: 5, cell: row => formatLoss(row.loss) };
const error: Column = { title: 'error', width: 5, cell: row => formatPercent(row.trainError) };
const test: Column = { title: 'test', width: 5, cell: row => formatPercent(row.testError) };
const rate: Column = {
  title: 'img/s',
  width: 6,
  cell: ({ imagesPerSecond }) => (imagesPerSecond === null ? '' : formatCount(Math.round(imagesPerSecond))),
};
const left: Column = {
  title: 'left',
  width: 6,
  cell(row, now) {
    const seconds = runSecondsLeft(row, now);
    return seconds === null ? '' : formatDuration(seconds);
  },
};

/** As they stand from left to right. */
export const columns: readonly Column[] = [loss, error, test, rate, left];

/** What a terminal that is too narrow does without, in this order; the last one stays as long as anything fits. */
export const dispensable: readonly Column[] = [test, rate, error, loss, left];

function formatLoss(value: number | null): string {
  if (value === null) return '';
  return Math.abs(value) < 100 ? value.toFixed(2) : value.toPrecision(2);
}

function formatPercent(value: number | null): string {
  return value === null ? '' : `${value.toFixed(0)} %`;
}
