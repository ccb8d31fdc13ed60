import { describeProtocol } from '@strata/core/training';
import type { ExperimentResults } from '@strata/experiments/collect';
import { asPublished, fixed } from '../../format/index.js';
import { type EvaluationRow, evaluationRows, isTestedOtherwise } from '../../summary/index.js';
import { type Content, html } from '../markup.js';
import { dataTable, missing, orMissing, type TableColumn } from '../table.js';

/** The same networks, tested in several ways or together; nothing where each is tested once. */
export function evaluationsTable(results: ExperimentResults): Content {
  const rows = evaluationRows(results);
  if (!isTestedOtherwise(rows)) return null;
  return dataTable({
    caption: html`<strong>The same networks, tested in every planned way.</strong> Nothing is trained again. Of networks that are tested together the softmax outputs are averaged, n counts disjoint groups of them. Errors in percent.`,
    columns,
    rows,
  });
}

const NOT_PUBLISHED = 'the paper prints no value';
const NOT_TESTED = 'not tested so yet';

const columns: readonly TableColumn<EvaluationRow>[] = [
  {
    header: 'Tested',
    cell: row => html`${row.tested}${row.isEnsemble && html` <span class="unit">together</span>`}`,
  },
  {
    header: 'How',
    cell: ({ evaluation, protocol }) => {
      const words = describeProtocol(protocol);
      return words === evaluation ? words : html`${evaluation}<br><span class="unit">${words}</span>`;
    },
  },
  {
    group: 'Paper',
    header: 'top-1',
    kind: 'number',
    cell: row => orMissing(row.paper, asPublished, NOT_PUBLISHED),
  },
  {
    group: 'Paper',
    header: 'top-5',
    kind: 'number',
    cell: row => orMissing(row.paperTop5, asPublished, NOT_PUBLISHED),
  },
  { group: 'Here', header: 'top-1', kind: 'number', cell: meanWithInterval },
  {
    group: 'Here',
    header: 'top-5',
    kind: 'number',
    cell: row => orMissing(row.meanTop5, value => fixed(value, 2), NOT_TESTED),
  },
  { group: 'Here', header: 'n', kind: 'number', cell: row => `${row.n} of ${row.planned}` },
];

function meanWithInterval({ mean, interval }: EvaluationRow): Content {
  if (mean === null) return missing(NOT_TESTED);
  if (!interval) return html`<b>${fixed(mean, 2)}</b>`;
  return html`<b>${fixed(mean, 2)}</b> <span class="interval">± ${fixed((interval[1] - interval[0]) / 2, 2)}</span>`;
}
