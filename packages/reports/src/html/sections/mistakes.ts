import type { Exhibits, ExperimentResults, TestPredictions } from '@strata/experiments/collect';
import { confusionChart } from '../../charts/index.js';
import { counted, fixed, whole } from '../../format/index.js';
import {
  type ConfusedPair,
  type Confusion,
  commonestMistakes,
  confusionOf,
  shownVariant,
} from '../../summary/index.js';
import { chart } from '../figure.js';
import { type Content, html, type Markup } from '../markup.js';
import { dataTable, type TableColumn } from '../table.js';

/** A matrix of more classes is a grey square; its commonest mistakes say more. */
const MOST_CLASSES = 24;
const MOST_PAIRS = 12;

/** What is taken for what, by the variant with the lowest error. */
export async function mistakes(results: ExperimentResults, exhibits: Exhibits): Promise<Markup> {
  const { predictions, missing } = exhibits;
  const variant = predictions && shownVariant(results, predictions);
  if (!predictions || variant === null) {
    const why = missing.length > 0 ? missing : ['No finished run has predictions to be counted.'];
    return html`<section id="mistakes"><h2>What is taken for what</h2>${why.map(line => html`<p class="note">${line}</p>`)}</section>`;
  }
  const confusion = confusionOfVariant(predictions, variant);
  const title = `${variant}: predicted class by true class, percent`;
  const isDrawn = confusion.classes.length <= MOST_CLASSES;
  return html`<section id="mistakes"><h2>What is taken for what</h2>
<p class="note">${variant}, which has the lowest mean error here; ${counted(confusion.n, 'seed')} counted together over ${whole(predictions.labels.length)} test images. Rows add up to 100 percent.</p>
<div class="charts matrix">${isDrawn && (await chart({ title, description: inWords(confusion), spec: confusionChart(confusion) }))}
${dataTable({ caption: html`<strong>The commonest mistakes</strong>`, columns: pairColumns, rows: commonestMistakes(confusion, MOST_PAIRS) })}</div>
${isDrawn && matrixTable(confusion, title)}</section>`;
}

function confusionOfVariant({ classes, labels, networks }: TestPredictions, variant: string): Confusion {
  const own = networks.filter(network => network.variant === variant);
  return confusionOf(
    classes,
    labels,
    own.map(network => network.predicted),
  );
}

function inWords(confusion: Confusion): string {
  const [first] = commonestMistakes(confusion, 1);
  return first
    ? `The commonest mistake: ${first.actual} taken for ${first.predicted}, ${fixed(first.percent, 1)} percent of its images.`
    : 'There is no mistake.';
}

const pairColumns: readonly TableColumn<ConfusedPair>[] = [
  { header: 'True class', cell: pair => pair.actual },
  { header: 'taken for', cell: pair => pair.predicted },
  { header: 'images', kind: 'number', cell: pair => whole(pair.count) },
  { header: '% of its own', kind: 'number', cell: pair => fixed(pair.percent, 1) },
];

function matrixTable({ classes, counts }: Confusion, title: string): Content {
  const columns: readonly TableColumn<readonly number[]>[] = [
    { header: 'True class', cell: row => classes[counts.indexOf(row)] ?? '' },
    ...classes.map((name, i) => ({
      header: name,
      kind: 'number' as const,
      cell: (row: readonly number[]) => whole(row[i] ?? 0),
    })),
  ];
  return html`<details><summary>${title}: the numbers, in images</summary>${dataTable({ caption: title, hideCaption: true, columns, rows: counts })}</details>`;
}
