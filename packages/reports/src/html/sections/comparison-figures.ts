import type { ExperimentResults } from '@strata/experiments/collect';
import { agreementChart, agreementPoints, costChart } from '../../charts/index.js';
import { asPublished, compact, counted, duration, fixed, whole } from '../../format/index.js';
import {
  byData,
  claimAgreement,
  FEWEST_RANKED,
  publishedOn,
  type SummaryRow,
  summaryRows,
  tableAgreement,
} from '../../summary/index.js';
import { chart, chartData } from '../figure.js';
import { type Content, html, type Markup } from '../markup.js';
import { missing, orMissing, type TableColumn } from '../table.js';

/** Ours against the paper's, and what the error costs: of each data set by itself. */
export async function comparisonFigures(results: ExperimentResults): Promise<Markup> {
  const groups = byData(results);
  const all = summaryRows(results);
  const { decided, agreeing } = claimAgreement(results);
  return html`<section id="comparison"><h2>Agreement and cost</h2>
<p>Claims that agree: ${decided === 0 ? 'none is decided yet' : html`<b>${agreeing}</b> of ${decided} decided`}.</p>
${await Promise.all(groups.map(group => figuresOf(group, all, groups.length > 1)))}
${chartData('Agreement and cost by variant', columns, all)}</section>`;
}

async function figuresOf(
  results: ExperimentResults,
  all: readonly SummaryRow[],
  isOneOfSeveral: boolean,
): Promise<Markup> {
  const { experiment, dataset } = results;
  // Rows of other data keep their places, which decide colours, and are not drawn.
  const isOwn = ({ variant }: SummaryRow): boolean =>
    experiment.variants.some(({ name }) => name === variant);
  const rows = all.map(row => (isOwn(row) ? row : { ...row, mean: null }));
  const isSameData = dataset.name === publishedOn(experiment);
  const drawn = agreementPoints(rows);
  const isPublished = all.filter(row => isOwn(row) && row.paper !== null).length > 1;
  const charts = await Promise.all([
    isPublished &&
      chart({
        title: 'Here against the paper',
        description: `A point a variant: the paper's top-1 error across, ours upwards. ${drawn.map(point => point.tip).join('; ') || 'No variant has both yet'}.`,
        spec: agreementChart(rows, isSameData),
      }),
    chart({
      title: 'Cost against error',
      description: `A point a variant: multiply-adds of one image across, on a logarithmic scale, our mean top-1 error upwards. ${costInWords(rows)}`,
      spec: costChart(rows),
    }),
  ]);
  return html`${isOneOfSeveral && html`<h3>On ${dataset.name}</h3>`}<div class="charts">${charts}</div>
<p class="note">${isPublished ? diagonalInWords(isSameData, drawn.length) : 'The paper prints no two errors that these could be compared with.'} Upright lines are 95 % intervals of the mean.</p>
${isPublished && agreement(results, isSameData)}`;
}

/** How a table agrees: the order of its rows, and on the same data their level. */
function agreement(results: ExperimentResults, isSameData: boolean): Content {
  const found = tableAgreement(results);
  const { spearman, kendall, seeds, meanAbsoluteDifference } = found;
  const correlation = ({ value, interval, n }: typeof spearman): Content => {
    if (n < FEWEST_RANKED)
      return missing(`${counted(n, 'variant')}: too few, at least ${FEWEST_RANKED} are needed`);
    if (value === null) return missing('no seed that every variant has');
    const range = interval && ` (${fixed(interval[0], 2)} to ${fixed(interval[1], 2)})`;
    return html`<b>${fixed(value, 2)}</b>${range} <span class="unit">${n} variants, ${counted(seeds, 'seed')}</span>`;
  };
  return html`<dl class="facts">
<div><dt>Order, Spearman’s ρ</dt><dd>${correlation(spearman)}</dd></div>
<div><dt>Order, Kendall’s τ-b</dt><dd>${correlation(kendall)}</dd></div>
${isSameData && html`<div><dt>Mean distance</dt><dd>${orMissing(meanAbsoluteDifference, value => `${fixed(value, 2)} points`, NONE)}</dd></div>`}
</dl>${[spearman, kendall].some(({ interval, n }) => interval && n >= FEWEST_RANKED) && html`<p class="note">In brackets 95 % bootstrap intervals over seeds.</p>`}`;
}

function diagonalInWords(isSameData: boolean, points: number): Content {
  if (points < 2) return 'A comparison needs two variants with a value here and in the paper.';
  return isSameData
    ? 'On the dashed line the error here equals the paper’s.'
    : 'The data are not the paper’s, so the level says nothing and the identity line would lie far off: along the dashed line variants differ by as many points as in the paper.';
}

function costInWords(rows: readonly SummaryRow[]): string {
  const parts = rows.flatMap(({ variant, mean, multiplyAdds }) =>
    mean === null || multiplyAdds === null
      ? []
      : [`${variant}: ${fixed(mean, 2)} % at ${compact(multiplyAdds)}`],
  );
  return parts.length === 0 ? 'No run has finished yet.' : `${parts.join('; ')}.`;
}

const NONE = 'no value';

const columns: readonly TableColumn<SummaryRow>[] = [
  { header: 'Variant', cell: row => row.variant },
  { header: 'paper', kind: 'number', cell: row => orMissing(row.paper, asPublished, NONE) },
  { header: 'here', kind: 'number', cell: row => orMissing(row.mean, value => fixed(value, 2), NONE) },
  { header: 'n', kind: 'number', cell: row => row.n },
  { header: 'multiply-adds', kind: 'number', cell: row => orMissing(row.multiplyAdds, whole, NONE) },
  { header: 'a run', kind: 'number', cell: row => orMissing(row.seconds, duration, NONE) },
];
