import type { Schedule } from '@strata/core/training';
import type { ExperimentResults } from '@strata/experiments/collect';
import { type CurveFrame, learningCurves } from '../../charts/index.js';
import { fixed } from '../../format/index.js';
import { byData, type CurvePoint, type Curves, curveMetrics, curvesOf } from '../../summary/index.js';
import { chart, chartData, lineLegend } from '../figure.js';
import { html, type Markup } from '../markup.js';
import type { TableColumn } from '../table.js';

/** Training loss and test error by epoch, under an id that no other part of the page has. */
export async function curvesFigure(results: ExperimentResults, id: string): Promise<Markup> {
  const variants = results.experiment.variants.map(variant => variant.name);
  const groups = byData(results);
  const drawn = groups.flatMap(group =>
    Object.values(curveMetrics).map(metric => ({
      curves: curvesOf(group, metric),
      frame: frameOf(group, variants),
      title: groups.length > 1 ? `${metric.title} on ${group.dataset.name}` : metric.title,
    })),
  );
  if (drawn.every(({ curves }) => curves.points.length === 0)) {
    return html`<section id="${id}"><h2>Learning curves</h2><p class="note">No epoch has been reported yet.</p></section>`;
  }
  const shown = new Set(drawn.flatMap(({ curves }) => curves.points.map(({ variant }) => variant)));
  const charts = drawn.map(({ curves, frame, title }) =>
    chart({ title, description: inWords(curves), spec: learningCurves(curves, frame) }),
  );
  return html`<section id="${id}"><h2>Learning curves</h2>
${lineLegend(variants, shown)}
<div class="charts">${await Promise.all(charts)}</div>
<p class="note">Lines are medians over the seeds that reached an epoch, with single seeds thin behind them where they are few enough to be seen; bands reach from the lowest to the highest of them, crosses mark runs that diverged, dashed rules the drops of the learning rate. A loss above twice what the nets begin with is drawn at the upper edge. Training loss is measured on augmented batches with dropout active, test error without.</p>
${drawn.map(({ curves, title }) => chartData(`${title}, ${curves.metric.unit}`, columns, curves.points))}</section>`;
}

/** As long as the longest training; rates that drop at other times for other variants are not drawn. */
function frameOf({ profile, variants }: ExperimentResults, all: readonly string[]): CurveFrame {
  const recipes = variants.flatMap(({ runs }) => runs.slice(0, 1).map(({ run }) => run.recipe));
  const drops = new Set(recipes.map(({ epochs, schedule }) => JSON.stringify([epochs, dropsOf(schedule)])));
  const { epochs, schedule } = recipes[0] ?? profile.recipe;
  return {
    variants: all,
    epochs: Math.max(epochs, ...recipes.map(recipe => recipe.epochs)),
    schedule: drops.size > 1 ? { ...schedule, kind: 'steps', dropAt: [] } : schedule,
  };
}

function dropsOf(schedule: Schedule): object {
  return schedule.kind === 'steps' ? [schedule.dropAt, schedule.factor] : schedule;
}

function inWords({ metric, points, divergences }: Curves): string {
  if (points.length === 0) return 'No epoch has been reported yet.';
  const last = new Map(points.map(point => [point.variant, point]));
  const ends = [...last.values()].map(
    ({ variant, epoch, median, n }) => `${variant}: ${fixed(median, 2)} after epoch ${epoch}, n = ${n}`,
  );
  const diverged = divergences.length > 0 ? ` ${divergences.length} diverged.` : '';
  return `${metric.title} in ${metric.unit} by epoch, median over seeds. ${ends.join('; ')}.${diverged}`;
}

const columns: readonly TableColumn<CurvePoint>[] = [
  { header: 'Variant', cell: point => point.variant },
  { header: 'epoch', kind: 'number', cell: point => point.epoch },
  { header: 'median', kind: 'number', cell: point => fixed(point.median, 3) },
  { header: 'lowest', kind: 'number', cell: point => fixed(point.low, 3) },
  { header: 'highest', kind: 'number', cell: point => fixed(point.high, 3) },
  { header: 'n', kind: 'number', cell: point => point.n },
];
