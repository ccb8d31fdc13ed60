import type { ExperimentResults } from '@strata/experiments/collect';
import { colourOf, type ErrorSeries, errorChart } from '../../charts/index.js';
import { asPublished, fixed } from '../../format/index.js';
import { byData, publishedOn, type SummaryRow, summaryRows } from '../../summary/index.js';
import { chart, chartData, legend } from '../figure.js';
import { html, type Markup } from '../markup.js';
import { missing, orMissing, type TableColumn } from '../table.js';

/** The paper's errors beside ours: on one axis where both are of the same data, else on two with their own. */
export async function errorFigure(results: ExperimentResults): Promise<Markup> {
  const panels = byData(results).flatMap(panelsOf);
  const charts = panels.map(({ title, rows, shown }) =>
    chart({ title, description: inWords(rows, shown), spec: errorChart(rows, shown) }),
  );
  return html`<section id="errors"><h2>Errors side by side</h2>
${legend(marks)}
<div class="charts">${await Promise.all(charts)}</div>
${panels.length > 1 && html`<p class="note">Different data, so axes with scales of their own: read each for its order.</p>`}
${chartData('Top-1 error by variant', columns, summaryRows(results))}</section>`;
}

interface Panel {
  readonly title: string;
  readonly rows: readonly SummaryRow[];
  readonly shown: readonly ErrorSeries[];
}

function panelsOf(results: ExperimentResults): readonly Panel[] {
  const { experiment, dataset } = results;
  const rows = summaryRows(results);
  const published = publishedOn(experiment);
  if (dataset.name === published)
    return [{ title: `Top-1 error on ${published}`, rows, shown: ['paper', 'ours'] }];
  const here: Panel = { title: `Here, ${dataset.name}`, rows, shown: ['ours'] };
  const isPublished = rows.some(({ paper }) => paper !== null);
  return isPublished ? [{ title: `Paper, ${published}`, rows, shown: ['paper'] }, here] : [here];
}

function inWords(rows: readonly SummaryRow[], shown: readonly ErrorSeries[]): string {
  const parts = rows.map(({ variant, paper, mean, n }) => {
    const values = [
      shown.includes('paper') && `paper ${paper === null ? 'none' : asPublished(paper)}`,
      shown.includes('ours') && `here ${mean === null ? 'none' : `${fixed(mean, 2)} over n = ${n}`}`,
    ];
    return `${variant}: ${values.filter(value => value !== false).join(', ')}`;
  });
  return `Top-1 error in percent. ${parts.join('; ')}.`;
}

const marks = [
  {
    drawing: html`<path d="M14 1.5 18.5 6 14 10.5 9.5 6Z" fill="none" stroke="${colourOf('paper')}" stroke-width="2"/>`,
    label: 'paper',
  },
  {
    drawing: html`<circle cx="14" cy="6" r="4" fill="${colourOf('ours')}" opacity=".5"/>`,
    label: 'one seed',
  },
  {
    drawing: html`<path d="M14 0V12" stroke="${colourOf('ours')}" stroke-width="3"/>`,
    label: 'our mean',
  },
  {
    drawing: html`<path d="M2 6H26" stroke="${colourOf('ours')}" stroke-width="2"/>`,
    label: '95 % interval, n ≥ 2',
  },
];

const NONE = 'no value';

const columns: readonly TableColumn<SummaryRow>[] = [
  { header: 'Variant', cell: row => row.variant },
  { header: 'paper', kind: 'number', cell: row => orMissing(row.paper, asPublished, NONE) },
  { header: 'mean', kind: 'number', cell: row => orMissing(row.mean, value => fixed(value, 2), NONE) },
  {
    header: 'low',
    kind: 'number',
    cell: row => orMissing(row.interval?.[0] ?? null, value => fixed(value, 2), NONE),
  },
  {
    header: 'high',
    kind: 'number',
    cell: row => orMissing(row.interval?.[1] ?? null, value => fixed(value, 2), NONE),
  },
  { header: 'n', kind: 'number', cell: row => row.n },
  {
    header: 'by seed',
    cell: row =>
      row.n === 0
        ? missing(NONE)
        : row.seeds.map(({ seed, top1Error }) => `${seed}: ${fixed(top1Error, 2)}`).join(', '),
  },
];
