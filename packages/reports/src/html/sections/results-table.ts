import type { ExperimentResults } from '@strata/experiments/collect';
import { asPublished, compact, duration, fixed, signed, whole } from '../../format/index.js';
import { byData, publishedOn, type SummaryRow, stateInWords, summaryRows } from '../../summary/index.js';
import { type Content, html, type Markup } from '../markup.js';
import { type StripRange, seedStrip, stripRange } from '../seed-strip.js';
import { dataTable, missing, orMissing, type TableColumn } from '../table.js';
import { evaluationsTable } from './evaluations-table.js';
import { timingsTables } from './timings-table.js';

const NOT_PUBLISHED = 'the paper prints no value';
const NO_RESULT = 'no finished run has this value';
const NOT_PLANNED = 'not planned here';

/** Of a variant that was left out nothing is known, not even what the paper says. */
function noPaperValue({ planned }: SummaryRow): string {
  return planned === 0 ? NOT_PLANNED : NOT_PUBLISHED;
}

/** The paper's table with our numbers in it: errors first, then what they cost. */
export function resultsTables(results: ExperimentResults): Markup {
  const rows = summaryRows(results);
  return html`<section id="results"><h2>The table</h2>
${byData(results).map(errorsTable)}
${dataTable({ caption: costCaption, columns: costColumns, rows })}
${evaluationsTable(results)}
${timingsTables(results)}
${unfinished(results)}
</section>`;
}

function errorsTable(results: ExperimentResults): Markup {
  const rows = summaryRows(results);
  return dataTable({ caption: errorsCaption(results), columns: errorColumns(stripRange(rows)), rows });
}

function errorsCaption({ experiment, dataset }: ExperimentResults): Content {
  const published = publishedOn(experiment);
  const isOther = dataset.name !== published;
  return html`<strong>Errors on ${dataset.name}, in percent.</strong> Mean over n runs with its 95 % t-interval where n is 2 or more; one dot a seed. The difference is ours minus the paper's, in percentage points.${
    isOther &&
    ` The paper's errors are on ${published}, ours on ${dataset.name}: compare the order of the rows, not the levels.`
  } Diverged runs stay in the mean where they have a test error.`;
}

const costCaption = html`<strong>Networks, training and cost.</strong> Counts here are of the network at this profile's size, beside the published one. Training error is on clean training images, training loss over the last epoch as trained on. Time is what this sweep happened to take, not a measurement of speed.`;

const variant: TableColumn<SummaryRow> = { header: 'Variant', cell: row => row.variant };

function errorColumns(range: StripRange | null): readonly TableColumn<SummaryRow>[] {
  const paper = { group: 'Paper', kind: 'number' } as const;
  const here = { group: 'Here, test images', kind: 'number' } as const;
  return [
    variant,
    { ...paper, header: 'top-1', cell: row => orMissing(row.paper, asPublished, noPaperValue(row)) },
    { ...paper, header: 'top-5', cell: row => orMissing(row.paperTop5, asPublished, noPaperValue(row)) },
    { ...here, header: 'top-1', cell: meanWithInterval },
    { ...here, header: 'n', cell: row => row.n },
    {
      group: here.group,
      header:
        range && range.low < range.high
          ? `seeds, ${fixed(range.low, 1)} to ${fixed(range.high, 1)}`
          : 'seeds',
      cell: row => (range && row.n > 0 ? seedStrip(row, range) : missing(NO_RESULT)),
    },
    { ...here, header: 'top-5', cell: row => orMissing(row.meanTop5, value => fixed(value, 2), NO_RESULT) },
    { header: 'Difference', kind: 'number', cell: difference },
    { header: 'Runs', kind: 'state', cell: stateInWords },
  ];
}

function meanWithInterval({ mean, interval, mixed }: SummaryRow): Content {
  if (mixed !== null) return html`<span class="state">not averaged: mixed ${mixed}</span>`;
  if (mean === null) return missing(NO_RESULT);
  if (!interval) return html`<b>${fixed(mean, 2)}</b>`;
  const half = (interval[1] - interval[0]) / 2;
  return html`<b>${fixed(mean, 2)}</b> <span class="interval">± ${fixed(half, 2)}</span>`;
}

function difference(row: SummaryRow): Content {
  const { difference: points, interval, paper } = row;
  if (points === null || paper === null) return missing(paper === null ? noPaperValue(row) : NO_RESULT);
  const range = interval && ` (${signed(interval[0] - paper, 2)} to ${signed(interval[1] - paper, 2)})`;
  return range === null
    ? signed(points, 2)
    : html`<span title="${`95 % interval${range}`}">${signed(points, 2)}</span>`;
}

function countColumns(
  group: string,
  ours: (row: SummaryRow) => number | null,
  papers: (row: SummaryRow) => number | null,
): readonly TableColumn<SummaryRow>[] {
  const cell = (value: number | null): Content =>
    value === null ? missing(NOT_PLANNED) : html`<span title="${whole(value)}">${compact(value)}</span>`;
  return [
    { group, header: 'here', kind: 'number', cell: row => cell(ours(row)) },
    { group, header: 'paper', kind: 'number', cell: row => cell(papers(row)) },
  ];
}

const costColumns: readonly TableColumn<SummaryRow>[] = [
  variant,
  ...countColumns(
    'Parameters',
    row => row.parameters,
    row => row.paperParameters,
  ),
  ...countColumns(
    'Multiply-adds an image',
    row => row.multiplyAdds,
    row => row.paperMultiplyAdds,
  ),
  {
    group: 'Training',
    header: 'error, %',
    kind: 'number',
    cell: row => orMissing(row.trainTop1, value => fixed(value, 2), NO_RESULT),
  },
  {
    group: 'Training',
    header: 'loss',
    kind: 'number',
    cell: row => orMissing(row.trainLoss, value => fixed(value, 3), NO_RESULT),
  },
  {
    group: 'Cost',
    header: 'a run',
    kind: 'number',
    cell: row => orMissing(row.seconds, duration, NO_RESULT),
  },
  {
    group: 'Cost',
    header: 'images/s',
    kind: 'number',
    cell: row => orMissing(row.imagesPerSecond, whole, NO_RESULT),
  },
];

/** Runs that failed or diverged, by name: what is not in the means, and why. */
function unfinished({ variants }: ExperimentResults): Content {
  const runs = variants.flatMap(({ name, runs }) =>
    runs.filter(({ state }) => state === 'failed' || state === 'diverged').map(run => ({ name, run })),
  );
  if (runs.length === 0) return null;
  const counts = (hasError: boolean): string => (hasError ? 'in the mean' : 'no test error, not in the mean');
  return html`<h3>Runs that failed or diverged</h3><ul class="plain">${runs.map(
    ({ name, run }) =>
      html`<li><strong>${name}, seed ${run.seed}</strong>: ${run.state}${run.reason !== null && `, ${run.reason}`} (${counts(run.state === 'diverged' && run.test !== null)})</li>`,
  )}</ul>`;
}
