import type { TopLevelSpec } from 'vega-lite';
import { asPublished, counted, fixed } from '../format/index.js';
import { mean } from '../statistics/index.js';
import { drawnInterval, type SummaryRow } from '../summary/index.js';
import { colourOf } from './palette.js';
import { type ScatterPoint, scatter } from './scatter.js';
import type { Layers } from './theme.js';

/** Our mean error against the paper's, a point a variant that has both. */
export function agreementPoints(rows: readonly SummaryRow[]): readonly ScatterPoint[] {
  return rows.flatMap((row, place) => {
    if (row.mean === null || row.paper === null) return [];
    const interval = drawnInterval(row);
    return [
      {
        variant: row.variant,
        place,
        x: row.paper,
        y: row.mean,
        low: interval?.[0] ?? null,
        high: interval?.[1] ?? null,
        tip: `${row.variant}: paper ${asPublished(row.paper)} %, here ${fixed(row.mean, 2)} % over ${counted(row.n, 'seed')}`,
      },
    ];
  });
}

/**
 * Ours against the paper's. On the paper's own data the dashed line is the identity; on other data, where levels say
 * nothing, it goes through the middle of the points: along it, variants differ here by as much as in the paper.
 */
export function agreementChart(rows: readonly SummaryRow[], isSameData: boolean): TopLevelSpec {
  const points = agreementPoints(rows);
  return scatter(
    points,
    { x: { title: "paper's top-1 error, percent" }, y: { title: 'top-1 error here, percent' } },
    points.length < 2 ? [] : [diagonal(points, isSameData)],
  );
}

function diagonal(points: readonly ScatterPoint[], isSameData: boolean): Layers[number] {
  const offset = isSameData ? 0 : mean(points.map(({ y }) => y)) - mean(points.map(({ x }) => x));
  const ends = [Math.min(...points.map(({ x }) => x)), Math.max(...points.map(({ x }) => x))];
  return {
    data: { values: ends.map(x => ({ x, y: x + offset })) },
    mark: { type: 'line', strokeDash: [4, 4], strokeWidth: 1.5, color: colourOf('muted'), opacity: 0.8 },
    encoding: {
      x: { field: 'x', type: 'quantitative' },
      y: { field: 'y', type: 'quantitative' },
    },
  };
}
