import { formatCount, formatDuration, formatNumber } from '../print.js';
import { plainText } from './fit-text.js';
import type { RunRow } from './run-row.js';

/** A run that is under way is worth a line each time it has done so much more of its steps. */
const PARTS = 10;

/** What has changed since the last look, one line a run; all that is not waiting where there was none. */
export function changeLines(before: readonly RunRow[], after: readonly RunRow[]): readonly string[] {
  const known = new Map(before.map(row => [row.id, row]));
  return after
    .filter(row => hasChanged(known.get(row.id), row))
    .map(row => `${plainText(row.name)}: ${describe(row)}`);
}

function hasChanged(before: RunRow | undefined, after: RunRow): boolean {
  if (!before) return after.state !== 'waiting';
  return before.state !== after.state || before.note !== after.note || partOf(before) !== partOf(after);
}

function partOf({ step, steps }: RunRow): number {
  return Math.floor((PARTS * step) / steps);
}

function describe({
  state,
  note,
  step,
  steps,
  loss,
  trainError,
  testError,
  imagesPerSecond,
  seconds,
}: RunRow): string {
  if (note !== '') return `${state}: ${plainText(note)}`;
  if (state === 'done' && seconds !== null)
    return `done in ${formatDuration(seconds)}, training loss ${formatNumber(loss, 3)}`;
  if (state !== 'running') return state;
  return [
    `step ${formatCount(step)}/${formatCount(steps)}`,
    ...(loss === null ? [] : [`loss ${formatNumber(loss, 3)}`]),
    ...(trainError === null ? [] : [`training error ${trainError.toFixed(1)} %`]),
    ...(testError === null ? [] : [`test error ${testError.toFixed(1)} %`]),
    ...(imagesPerSecond === null ? [] : [`${formatCount(Math.round(imagesPerSecond))} img/s`]),
  ].join(', ');
}
