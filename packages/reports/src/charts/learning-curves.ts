import type { Schedule } from '@strata/core/training';
import type { TopLevelSpec } from 'vega-lite';
import { fixed } from '../format/index.js';
import { median } from '../statistics/index.js';
import type { CurvePoint, Curves } from '../summary/index.js';
import { colourOf, seriesStyle } from './palette.js';
import { CHART_WIDTH, type Layers, theme, tip } from './theme.js';

export interface CurveFrame {
  /** All variants of the experiment: their order decides colours. */
  readonly variants: readonly string[];
  readonly epochs: number;
  readonly schedule: Schedule;
}

const HEIGHT = 300;

/** Beyond so many points single runs are left to the band: they would be a grey cloud, and weigh megabytes. */
const MOST_TRACED = 4000;

/** Up to so many epochs each one is marked by a point: a single epoch draws no line. */
const MARKED_EPOCHS = 12;

/**
 * One quantity by epoch: the median over seeds as a line, each seed thinly behind it, the range from the lowest to the
 * highest seed as a band, a cross where a run diverged, and a dashed rule where the learning rate drops.
 */
export function learningCurves(curves: Curves, frame: CurveFrame): TopLevelSpec {
  const { metric, points, traces, divergences } = withinCeiling(curves);
  const isMarked = frame.epochs <= MARKED_EPOCHS;
  const styles = frame.variants.map((_, i) => seriesStyle(i));
  const color = {
    field: 'variant',
    type: 'nominal',
    scale: { domain: [...frame.variants], range: styles.map(style => style.colour) },
    legend: null,
  } as const;
  const strokeDash = {
    field: 'variant',
    type: 'nominal',
    scale: { domain: [...frame.variants], range: styles.map(style => [...style.dash]) },
    legend: null,
  } as const;
  const domain = [0, frame.epochs];
  const x = {
    field: 'epoch',
    type: 'quantitative',
    scale: { domain, nice: false },
    axis: { title: 'epoch', format: 'd', tickMinStep: 1, tickCount: 8, grid: false },
  } as const;
  const y = {
    type: 'quantitative',
    scale: points.length === 0 ? { domain: [0, 1] } : { zero: false, nice: true },
    axis: {
      title: `${metric.title.toLowerCase()}, ${metric.unit}`,
      tickCount: 6,
      domain: false,
      ticks: false,
    },
  } as const;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    config: theme,
    width: CHART_WIDTH,
    height: HEIGHT,
    autosize: { type: 'fit', contains: 'padding' },
    layer: [
      ...dropLayers(frame),
      {
        data: { values: points.filter(point => point.n > 1) },
        mark: { type: 'area', opacity: 0.14 },
        encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
      },
      {
        data: { values: traces.length > MOST_TRACED ? [] : [...traces] },
        mark: { type: 'line', strokeWidth: 0.8, opacity: 0.35 },
        encoding: { x, y: { ...y, field: 'value' }, color, detail: { field: 'seed', type: 'nominal' } },
      },
      {
        data: { values: endsOf(points, metric.unit) },
        mark: { type: 'line', strokeWidth: 2, aria: true },
        encoding: { x, y: { ...y, field: 'median' }, color, strokeDash, description: tip },
      },
      {
        data: {
          values: isMarked ? points.map(point => ({ ...point, tip: pointTip(point, metric.unit) })) : [],
        },
        mark: { type: 'circle', size: 34, opacity: 1, aria: true },
        encoding: { x, y: { ...y, field: 'median' }, color, description: tip },
      },
      {
        data: {
          values: divergences.map(point => ({
            ...point,
            tip: `${point.variant}: diverged after epoch ${point.epoch}`,
          })),
        },
        mark: { type: 'point', shape: 'cross', angle: 45, size: 130, filled: true, opacity: 1, aria: true },
        encoding: { x, y: { ...y, field: 'value' }, color, description: tip },
      },
    ],
  };
}

/** Every point of a line carries what the line says: where it ends. */
function endsOf(
  points: readonly CurvePoint[],
  unit: string,
): readonly (CurvePoint & { readonly tip: string })[] {
  const ends = new Map(points.map(point => [point.variant, pointTip(point, unit)]));
  return points.map(point => ({ ...point, tip: ends.get(point.variant) ?? '' }));
}

function pointTip({ variant, epoch, median: middle, low, high, n }: CurvePoint, unit: string): string {
  const range = n > 1 ? ` (${fixed(low, 2)} to ${fixed(high, 2)})` : '';
  return `${variant}: ${fixed(middle, 2)} ${unit} after epoch ${epoch}${range}, n = ${n}`;
}

/**
 * A quantity without upper end is drawn up to twice what the variants begin with; what lies above, runs that diverge, is
 * drawn at that edge.
 */
function withinCeiling(curves: Curves): Curves {
  const firsts = curves.points.filter((point, i, all) => all[i - 1]?.variant !== point.variant);
  if (!curves.metric.unbounded || firsts.length === 0) return curves;
  const ceiling = 2 * median(firsts.map(point => point.median));
  const cut = (value: number): number => Math.min(value, ceiling);
  return {
    ...curves,
    points: curves.points.map(point => ({
      ...point,
      median: cut(point.median),
      low: cut(point.low),
      high: cut(point.high),
    })),
    traces: curves.traces.map(point => ({ ...point, value: cut(point.value) })),
    divergences: curves.divergences.map(point => ({ ...point, value: cut(point.value) })),
  };
}

/** Points and crosses stand at the end of their epoch, and so does a drop at a fraction of the training; others differ from run to run. */
function dropLayers({ epochs, schedule }: CurveFrame): Layers {
  const dropAt = schedule.kind === 'steps' ? schedule.dropAt : [];
  const values = dropAt.map(fraction => ({
    epoch: fraction * epochs,
    label: `rate \u00d7${schedule.factor}`,
  }));
  const x = { field: 'epoch', type: 'quantitative' } as const;
  return [
    {
      data: { values },
      mark: { type: 'rule', strokeDash: [3, 3], color: colourOf('muted'), opacity: 0.7 },
      encoding: { x },
    },
    {
      data: { values },
      mark: { type: 'text', align: 'center', baseline: 'bottom', fontSize: 11 },
      encoding: { x, y: { value: -4 }, text: { field: 'label', type: 'nominal' } },
    },
  ];
}
