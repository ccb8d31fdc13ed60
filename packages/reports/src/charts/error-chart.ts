import type { TopLevelSpec } from 'vega-lite';
import { asPublished, counted, fixed } from '../format/index.js';
import { drawnInterval, type SummaryRow } from '../summary/index.js';
import { colourOf } from './palette.js';
import { CHART_WIDTH, type Layers, theme, tip } from './theme.js';

export type ErrorSeries = 'paper' | 'ours';

const ROW_HEIGHT = 34;

/**
 * Top-1 error by variant, one line each: the paper's value as a diamond, ours as a mark a seed, their mean, and its
 * interval where there is one. Values of different data sets go into charts of their own, with axes of their own.
 */
export function errorChart(rows: readonly SummaryRow[], shown: readonly ErrorSeries[]): TopLevelSpec {
  const layers = shown.flatMap(series => (series === 'paper' ? paperLayers(rows) : ourLayers(rows)));
  const isEmpty = rows.every(row =>
    shown.every(series => (series === 'paper' ? row.paper : row.mean) === null),
  );
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    config: theme,
    width: CHART_WIDTH,
    height: rows.length * ROW_HEIGHT + 48,
    autosize: { type: 'fit', contains: 'padding' },
    encoding: {
      y: {
        field: 'variant',
        type: 'nominal',
        sort: null,
        scale: { domain: rows.map(row => row.variant) },
        axis: {
          title: null,
          ticks: false,
          domain: false,
          grid: true,
          labelColor: colourOf('ink'),
          labelPadding: 10,
        },
      },
      x: {
        type: 'quantitative',
        scale: isEmpty ? { domain: [0, 100] } : { zero: false, nice: true, padding: 12 },
        axis: { title: 'top-1 error, percent', tickCount: 6 },
      },
    },
    layer: [...layers, missingLayer(rows, shown)],
  };
}

function paperLayers(rows: readonly SummaryRow[]): Layers {
  const values = rows.flatMap(({ variant, paper }) =>
    paper === null ? [] : [{ variant, error: paper, tip: `${variant}: paper ${asPublished(paper)} %` }],
  );
  return [
    {
      data: { values },
      mark: {
        type: 'point',
        shape: 'diamond',
        size: 90,
        filled: false,
        strokeWidth: 2,
        opacity: 1,
        color: colourOf('paper'),
        aria: true,
      },
      encoding: { x: { field: 'error', type: 'quantitative' }, description: tip },
    },
  ];
}

function ourLayers(rows: readonly SummaryRow[]): Layers {
  const intervals = rows.flatMap(row => {
    const interval = drawnInterval(row);
    return interval ? [{ variant: row.variant, low: interval[0], high: interval[1] }] : [];
  });
  const seeds = rows.flatMap(({ variant, seeds }) =>
    seeds.map(({ seed, top1Error }) => ({
      variant,
      error: top1Error,
      tip: `${variant}, seed ${seed}: ${fixed(top1Error, 2)} %`,
    })),
  );
  const means = rows.flatMap(({ variant, mean, n }) =>
    mean === null
      ? []
      : [{ variant, error: mean, tip: `${variant}: mean ${fixed(mean, 2)} % over ${counted(n, 'seed')}` }],
  );
  const color = colourOf('ours');
  return [
    {
      data: { values: intervals },
      mark: { type: 'rule', strokeWidth: 2, color },
      encoding: { x: { field: 'low', type: 'quantitative' }, x2: { field: 'high' } },
    },
    {
      data: { values: seeds },
      mark: { type: 'circle', size: 46, opacity: 0.45, color, aria: true },
      encoding: { x: { field: 'error', type: 'quantitative' }, description: tip },
    },
    {
      data: { values: means },
      mark: { type: 'tick', orient: 'vertical', size: 18, thickness: 3, opacity: 1, color, aria: true },
      encoding: { x: { field: 'error', type: 'quantitative' }, description: tip },
    },
  ];
}

/** A variant without a value keeps its line, which says so. */
function missingLayer(rows: readonly SummaryRow[], shown: readonly ErrorSeries[]): Layers[number] {
  const values = rows.flatMap(({ variant, mean, paper, planned }) => {
    if (planned === 0 && mean === null && (paper === null || shown.includes('ours'))) {
      return [{ variant, text: 'not planned' }];
    }
    if (shown.includes('ours') && mean === null) return [{ variant, text: 'no result yet' }];
    if (!shown.includes('ours') && paper === null) return [{ variant, text: 'none published' }];
    return [];
  });
  return {
    data: { values },
    mark: { type: 'text', align: 'left', fontStyle: 'italic' },
    encoding: { x: { value: 8 }, text: { field: 'text', type: 'nominal' } },
  };
}
