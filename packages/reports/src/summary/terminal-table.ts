import type { ExperimentResults } from '@strata/experiments/collect';
import { asPublished, fixed, signed } from '../format/index.js';
import { otherStates, type SummaryRow, summaryRows } from './rows.js';

interface Column {
  readonly header: string;
  readonly align: 'left' | 'right';
  text(row: SummaryRow): string;
}

const DASH = '-';
const GAP = '  ';
/** No column is squeezed below this. */
const NARROWEST = 6;

const columns: readonly Column[] = [
  { header: 'variant', align: 'left', text: row => printable(row.variant) },
  { header: 'data', align: 'left', text: row => printable(row.dataset) },
  { header: 'paper', align: 'right', text: row => (row.paper === null ? DASH : asPublished(row.paper)) },
  { header: 'ours', align: 'right', text: oursInWords },
  { header: 'n', align: 'right', text: row => String(row.n) },
  {
    header: 'diff',
    align: 'right',
    text: row => (row.difference === null ? DASH : signed(row.difference, 2)),
  },
  { header: 'done', align: 'left', text: stateInShort },
];

/**
 * The table of top-1 errors as plain text, no line longer than `width` characters as long as that leaves room for the
 * numbers: names and states are cut short, numbers never.
 */
export function terminalTable(results: ExperimentResults, width: number): string {
  const rows = summaryRows(results);
  const isOneSet = new Set(rows.map(row => row.dataset)).size < 2;
  const shown = columns.filter(({ header }) => header !== 'data' || !isOneSet);
  const cells = [
    shown.map(column => column.header),
    ...rows.map(row => shown.map(column => column.text(row))),
  ];
  const widths = fit(
    shown.map((_, i) => Math.max(...cells.map(line => lengthOf(line[i] ?? '')))),
    width,
  );
  const lines = cells.map(line =>
    line
      .map((text, i) => pad(text, widths[i] ?? 0, shown[i]?.align ?? 'left'))
      .join(GAP)
      .trimEnd(),
  );
  const [head = '', ...body] = lines;
  const rule = '-'.repeat(Math.min(width, Math.max(...lines.map(lengthOf))));
  return [...introduction(results, rows, width), '', head, rule, ...body, ''].join('\n');
}

function introduction(
  results: ExperimentResults,
  rows: readonly SummaryRow[],
  width: number,
): readonly string[] {
  const { experiment, profileName, dataset, engine } = results;
  const data = dataset.note ? `Data: ${dataset.name} (${dataset.note})` : `Data: ${dataset.name}`;
  const title = `${experiment.name}, profile ${profileName}, ${engine}. Top-1 test error in percent.`;
  const interval = rows.some(row => row.interval) ? ['ours: mean over seeds ± 95 % t-interval'] : [];
  return [title, data, ...interval].flatMap(line => wrap(printable(line), width));
}

function oursInWords({ mean, interval }: SummaryRow): string {
  if (mean === null) return DASH;
  return interval ? `${fixed(mean, 2)} ± ${fixed((interval[1] - interval[0]) / 2, 2)}` : fixed(mean, 2);
}

function stateInShort(row: SummaryRow): string {
  return row.planned === 0
    ? 'not planned'
    : [`${row.states.done}/${row.planned}`, ...otherStates(row)].join(', ');
}

/** Takes what does not fit from the first and last column, the wider one first. */
function fit(natural: readonly number[], width: number): readonly number[] {
  const widths = [...natural];
  const last = widths.length - 1;
  let excess = widths.reduce((sum, w) => sum + w, 0) + GAP.length * last - width;
  while (excess > 0) {
    const widest = (widths[0] ?? 0) >= (widths[last] ?? 0) ? 0 : last;
    if ((widths[widest] ?? 0) <= NARROWEST) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess--;
  }
  return widths;
}

/** A terminal obeys control characters: names from a store must not reach it with any. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ');
}

const lengthOf = (text: string): number => [...text].length;

function pad(text: string, width: number, align: Column['align']): string {
  const characters = [...text];
  if (characters.length > width) return `${characters.slice(0, width - 1).join('')}…`;
  const space = ' '.repeat(width - characters.length);
  return align === 'left' ? text + space : space + text;
}

function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line && lengthOf(line) + 1 + lengthOf(word) > width) {
      lines.push(line);
      line = word;
    } else {
      line = line ? `${line} ${word}` : word;
    }
  }
  return [...lines, line];
}
