import stringWidth from 'string-width';
import { formatDuration } from '../print.js';
import { type Column, columns, dispensable } from './columns.js';
import { fitText, padText, plainText } from './fit-text.js';
import type { Paint, Tone } from './paint.js';
import type { RowState, RunRow } from './run-row.js';

const GAP = '  ';
const NAME = { least: 10, most: 28 } as const;
/** A bar and its percentage behind it. */
const BAR = { least: 5, most: 24, percent: ' 100 %'.length } as const;

const tones: Readonly<Record<RowState, Tone>> = {
  waiting: 'dim',
  running: 'cyan',
  testing: 'cyan',
  elsewhere: 'dim',
  done: 'green',
  diverged: 'yellow',
  failed: 'red',
};

/** How wide everything is. */
interface Layout {
  readonly name: number;
  readonly bar: number;
  readonly columns: readonly { readonly column: Column; readonly width: number }[];
}

export interface TableView {
  /** Columns of the terminal. */
  readonly width: number;
  readonly now: number;
  readonly paint: Paint;
}

/** The header, and one line for each run; none is wider than asked for. */
export function tableLines(rows: readonly RunRow[], view: TableView): readonly string[] {
  const layout = layOut(rows, view);
  return [headerLine(layout, view), ...rows.map(row => rowLine(row, layout, view))];
}

/** Gives up columns, then the width of the bar, then of the names, until a line fits. */
function layOut(rows: readonly RunRow[], { width, now }: TableView): Layout {
  const widthOf = (column: Column): number =>
    Math.max(column.width, ...rows.map(row => stringWidth(column.cell(row, now))));
  const sized = columns.map(column => ({ column, width: widthOf(column) }));
  const longest = Math.max(...rows.map(row => stringWidth(row.name)));
  const wanted = Math.min(NAME.most, Math.max(NAME.least, longest));
  const least = Math.min(wanted, NAME.least + BAR.least);
  for (let given = 0; given <= dispensable.length; given++) {
    const kept = sized.filter(({ column }) => !dispensable.slice(0, given).includes(column));
    const taken = kept.reduce((sum, { width: wide }) => sum + GAP.length + wide, GAP.length + BAR.percent);
    if (least + BAR.least + taken > width) continue;
    const name = Math.min(wanted, width - taken - BAR.least);
    return { name, bar: Math.min(BAR.most, width - taken - name), columns: kept };
  }
  return { name: Math.min(wanted, width), bar: 0, columns: [] };
}

function headerLine({ name, bar, columns: shown }: Layout, { width, paint }: TableView): string {
  const titles = shown.map(({ column, width: wide }) => padText(column.title, wide, 'right'));
  const cells = [padText('run', name), ' '.repeat(bar + BAR.percent), ...titles];
  return paint('dim', fitText(cells.join(GAP).trimEnd(), width));
}

function rowLine(row: RunRow, layout: Layout, view: TableView): string {
  const { width, now, paint } = view;
  const tone = tones[row.state];
  const name = padText(plainText(row.name), layout.name);
  const room = width - layout.name - GAP.length;
  if (room < 1) return paint(tone, name);
  if (row.note !== '') return `${name}${GAP}${paint(tone, fitText(stateText(row), room))}`;
  const numbers = layout.columns.map(({ column, width: wide }) =>
    padText(column.cell(row, now), wide, 'right'),
  );
  const progress = progressCell(row, layout, room, paint);
  return [name, progress, ...numbers].join(GAP).trimEnd();
}

function progressCell(row: RunRow, { bar }: Layout, room: number, paint: Paint): string {
  const tone = tones[row.state];
  const width = bar === 0 ? room : bar + BAR.percent;
  const fraction = row.steps > 0 ? row.step / row.steps : 0;
  const percent = `${Math.floor(100 * fraction)} %`;
  if (row.state !== 'running') return paint(tone, padText(stateText(row), width));
  return bar === 0
    ? paint(tone, padText(percent, width))
    : `${barOf(fraction, bar, paint)}${padText(percent, BAR.percent, 'right')}`;
}

export function barOf(fraction: number, width: number, paint: Paint): string {
  const filled = Math.max(0, Math.min(width, Math.round(fraction * width)));
  return `${paint('cyan', '█'.repeat(filled))}${paint('dim', '░'.repeat(width - filled))}`;
}

function stateText({ state, note, step, seconds }: RunRow): string {
  if (note !== '') return `${state}: ${plainText(note)}`;
  if (state === 'diverged') return `diverged at ${step}`;
  return state === 'done' && seconds !== null ? `done in ${formatDuration(seconds)}` : state;
}
