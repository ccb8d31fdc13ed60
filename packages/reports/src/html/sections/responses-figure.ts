import type { ExperimentResults } from '@strata/experiments/collect';
import { type ResponsesFrame, responsesChart } from '../../charts/index.js';
import { byData, type ResponsePoint, responsePoints } from '../../summary/index.js';
import { chart, chartData, lineLegend } from '../figure.js';
import { html, type Markup } from '../markup.js';
import type { TableColumn } from '../table.js';

const drawings = [
  { heading: 'Responses', value: 'deviation', title: 'deviation of the outputs', scale: 'linear' },
  { heading: 'Gradients', value: 'gradientNorm', title: 'norm of the gradient', scale: 'log' },
] as const;

/** What the layers of the trained nets answer, as figure 7 of ResNet; null where nobody measured it. */
export async function responsesFigure(results: ExperimentResults): Promise<Markup | null> {
  const points = responsePoints(results);
  if (points.length === 0) return null;
  const variants = results.experiment.variants.map(({ name }) => name);
  const groups = byData(results);
  const charts = groups.flatMap(group =>
    drawings.map(({ heading, ...drawing }) => {
      const own = responsePoints(group);
      const frame: ResponsesFrame = { ...drawing, variants };
      return chart({
        title: groups.length > 1 ? `${heading} on ${group.dataset.name}` : heading,
        description: inWords(own, frame),
        spec: responsesChart(own, frame),
      });
    }),
  );
  return html`<section id="responses"><h2>Responses of the layers</h2>
${lineLegend(variants, new Set(points.map(({ variant }) => variant)))}
<div class="charts">${await Promise.all(charts)}</div>
<p class="note">Of convolutions of more than a pixel, behind batch norm and before ReLU and addition, on one batch of clean training images: the deviation of the outputs, and the norm of the loss's gradient of them. Medians over seeds.</p>
${chartData('Responses and gradients by layer', columns, points)}</section>`;
}

function inWords(points: readonly ResponsePoint[], { variants, value, title }: ResponsesFrame): string {
  const parts = variants.flatMap(name => {
    const own = points.filter(({ variant }) => variant === name);
    const [first, last] = [own.at(0), own.at(-1)];
    if (!first || !last) return [];
    return [
      `${name}: ${first[value].toPrecision(2)} at the first and ${last[value].toPrecision(2)} at the last of ${own.length}`,
    ];
  });
  return `By layer, the ${title}. ${parts.join('; ')}.`;
}

const columns: readonly TableColumn<ResponsePoint>[] = [
  { header: 'Variant', cell: point => point.variant },
  { header: 'layer', cell: point => point.layer },
  { header: 'deviation', kind: 'number', cell: point => point.deviation.toPrecision(4) },
  { header: 'gradient norm', kind: 'number', cell: point => point.gradientNorm.toPrecision(4) },
  { header: 'n', kind: 'number', cell: point => point.n },
];
