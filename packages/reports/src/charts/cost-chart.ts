import type { TopLevelSpec } from 'vega-lite';
import { compact, counted, duration, fixed } from '../format/index.js';
import { drawnInterval, type SummaryRow } from '../summary/index.js';
import { type ScatterPoint, scatter } from './scatter.js';

/**
 * What the error costs: multiply-adds of one image against our mean test error. Counted operations, since the seconds
 * of a sweep are not a measurement of speed.
 */
export function costChart(rows: readonly SummaryRow[]): TopLevelSpec {
  return scatter(costPoints(rows), {
    x: { title: 'multiply-adds an image', scale: 'log', format: '.3~s' },
    y: { title: 'top-1 error here, percent' },
  });
}

function costPoints(rows: readonly SummaryRow[]): readonly ScatterPoint[] {
  return rows.flatMap((row, place) => {
    const { variant, mean, multiplyAdds, n, seconds } = row;
    if (mean === null || multiplyAdds === null || multiplyAdds <= 0) return [];
    const interval = drawnInterval(row);
    const time = seconds === null ? '' : `, ${duration(seconds)} a run`;
    return [
      {
        variant,
        place,
        x: multiplyAdds,
        y: mean,
        low: interval?.[0] ?? null,
        high: interval?.[1] ?? null,
        tip: `${variant}: ${fixed(mean, 2)} % over ${counted(n, 'seed')}, ${compact(multiplyAdds)} multiply-adds${time}`,
      },
    ];
  });
}
