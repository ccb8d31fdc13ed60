import type { ExperimentResults } from '@strata/experiments/collect';
import { asPublished, compact, fixed, signed } from '../format/index.js';
import { type SummaryRow, stateInWords, summaryRows } from './rows.js';

const NONE = '–';

const columns: readonly {
  readonly header: string;
  readonly isText?: boolean;
  text(row: SummaryRow): string;
}[] = [
  { header: 'variant', isText: true, text: row => row.variant },
  { header: 'data', isText: true, text: row => row.dataset },
  { header: 'paper', text: row => (row.paper === null ? NONE : asPublished(row.paper)) },
  { header: 'ours', text: ours },
  { header: 'n', text: row => String(row.n) },
  { header: 'difference', text: row => (row.difference === null ? NONE : signed(row.difference, 2)) },
  { header: 'parameters', text: row => (row.parameters === null ? NONE : compact(row.parameters)) },
  { header: 'multiply-adds', text: row => (row.multiplyAdds === null ? NONE : compact(row.multiplyAdds)) },
  { header: 'runs', isText: true, text: stateInWords },
];

/** The table of top-1 errors as Markdown, to be pasted where people talk; the data and the command stand below it. */
export function markdownTable(results: ExperimentResults): string {
  const { experiment, profileName, dataset, engine, command } = results;
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const summary = summaryRows(results);
  const isOneSet = new Set(summary.map(row => row.dataset)).size < 2;
  const shown = columns.filter(({ header }) => header !== 'data' || !isOneSet);
  const rows = summary.map(row => line(shown.map(column => cellText(column.text(row)))));
  const note = dataset.note === null ? '' : ` ${dataset.note}`;
  return [
    line(shown.map(column => column.header)),
    line(shown.map(column => (column.isText ? '---' : '---:'))),
    ...rows,
    '',
    cellText(
      `Top-1 test error in percent, mean over n seeds ± 95 % t-interval. ${experiment.name}, profile ${profileName}, ${dataset.name}, ${engine}.${note}`,
    ),
    '',
    ...command.split(/\r?\n/).map(text => `    ${text}`),
    '',
  ].join('\n');
}

function ours({ mean, interval }: SummaryRow): string {
  if (mean === null) return NONE;
  return interval ? `${fixed(mean, 2)} ± ${fixed((interval[1] - interval[0]) / 2, 2)}` : fixed(mean, 2);
}

/** One line in which nothing is markup: a name from a store must not become a link, a tag or another column. */
function cellText(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\\`*_{}[\]<>#|~&!]/g, character => `\\${character}`);
}
