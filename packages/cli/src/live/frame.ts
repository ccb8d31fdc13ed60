import { formatCount, formatDuration } from '../print.js';
import { chooseRows } from './choose-rows.js';
import { fitText } from './fit-text.js';
import type { Paint } from './paint.js';
import type { RowState, RunRow } from './run-row.js';
import { barOf, tableLines } from './table.js';
import { fractionDone, type Sweep, secondsLeft } from './time-left.js';

/** How a picture of runs is to look. */
export interface FrameView {
  /** Columns and lines of the terminal that it may take. */
  readonly width: number;
  readonly height: number;
  /** In milliseconds, by the clock of the rows. */
  readonly now: number;
  readonly paint: Paint;
}

/** In the order in which they are counted. */
const states: readonly RowState[] = [
  'done',
  'diverged',
  'failed',
  'running',
  'testing',
  'elsewhere',
  'waiting',
];

/** Below so many lines the whole in two lines is all there is. */
const LEAST_TABLE = 2;

/** All runs in one picture: a table of as many as there is room for, and below it the whole in two lines. */
export function frameLines(sweep: Sweep, view: FrameView): readonly string[] {
  const foot = [totalLine(sweep, view), fitText(countsOf(sweep.rows), view.width)];
  const room = view.height - foot.length;
  const table = room < LEAST_TABLE || sweep.rows.length === 0 ? [] : tableOf(sweep.rows, room, view);
  return [...table, ...foot].slice(0, Math.max(1, view.height));
}

function tableOf(rows: readonly RunRow[], room: number, view: FrameView): readonly string[] {
  const chosen = chooseRows(rows, room - 1);
  const shown = chosen.flatMap(line => ('row' in line ? [line.row] : []));
  const [header = '', ...lines] = tableLines(shown, view);
  const lineOf = new Map(shown.map((row, i) => [row, lines[i] ?? '']));
  const body = chosen.map(line =>
    'row' in line
      ? (lineOf.get(line.row) ?? '')
      : view.paint('dim', fitText(`… ${countsOf(line.more)}`, view.width)),
  );
  return [header, ...body];
}

/** `12 done, 2 running, 3 waiting`. */
function countsOf(rows: readonly RunRow[]): string {
  return states
    .map(state => ({ state, count: rows.filter(row => row.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${count} ${state}`)
    .join(', ');
}

const TOTAL_BAR = 40;

function totalLine(sweep: Sweep, { width, now, paint }: FrameView): string {
  const fraction = fractionDone(sweep.rows);
  const seconds = secondsLeft(sweep, now);
  const rate = sweep.rows.reduce(
    (sum, { state, imagesPerSecond }) => sum + (state === 'running' ? (imagesPerSecond ?? 0) : 0),
    0,
  );
  const facts = [
    `${Math.floor(100 * fraction)} %`,
    ...(seconds === null ? [] : [`${formatDuration(seconds)} left`]),
    ...(rate > 0 ? [`${formatCount(Math.round(rate))} img/s`] : []),
  ].join(', ');
  const bar = Math.min(TOTAL_BAR, width - facts.length - 1);
  return bar < 5 ? fitText(facts, width) : `${barOf(fraction, bar, paint)} ${facts}`;
}
