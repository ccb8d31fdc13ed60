import { isOver, type RunRow } from './run-row.js';

/** For so many seconds' worth the estimate counts as if it had been measured. */
const TRUSTED_SECONDS = 10;

/** Runs of which some are worked on, and since when (in milliseconds); null before the first begins. */
export interface Sweep {
  readonly rows: readonly RunRow[];
  readonly began: number | null;
  /** What all that was open then was expected to take, so many runs at a time as there are; 0 where nobody knows. */
  readonly expectedSeconds: number;
}

/**
 * Seconds until all runs are over: what is left of their expected cost, at the pace at which it was done so far, start
 * and testing of the runs included; but no less than the slowest run alone takes. Null before anything began.
 */
export function secondsLeft({ rows, began, expectedSeconds }: Sweep, now: number): number | null {
  if (began === null) return null;
  const ours = rows.filter(({ state }) => state !== 'elsewhere');
  const left = sum(ours, costLeft);
  const done = sum(ours, ({ from, step, steps, cost }) => (from ? (cost * (step - from.step)) / steps : 0));
  const elapsed = (now - began) / 1000;
  const measured = sum(ours, row => paceOf(row, now)) || (elapsed > 0 && done / elapsed);
  const expected = measured || (expectedSeconds > 0 && (left + done) / expectedSeconds) || 1;
  const pace = (done + TRUSTED_SECONDS * expected) / (elapsed + TRUSTED_SECONDS);
  return Math.max(left / pace, ...ours.map(row => runSecondsLeft(row, now) ?? 0));
}

/** Seconds that a run under way still takes at its own pace; null where that is not known. */
export function runSecondsLeft(row: RunRow, now: number): number | null {
  const pace = paceOf(row, now);
  return pace > 0 ? costLeft(row) / pace : null;
}

/** How much of all that there is to do is done, from 0 to 1. */
export function fractionDone(rows: readonly RunRow[]): number {
  const total = sum(rows, ({ cost }) => cost);
  return total > 0 ? 1 - sum(rows, costLeft) / total : 1;
}

/** Expected seconds done a second; 0 where nothing is done. */
function paceOf({ state, cost, step, steps, from }: RunRow, now: number): number {
  if (state !== 'running' || !from || step <= from.step || now <= from.time) return 0;
  return (cost * (step - from.step)) / steps / ((now - from.time) / 1000);
}

function costLeft(row: RunRow): number {
  return isOver(row) ? 0 : row.cost * (1 - row.step / row.steps);
}

function sum(rows: readonly RunRow[], value: (row: RunRow) => number): number {
  return rows.reduce((total, row) => total + value(row), 0);
}
