import type { TopLevelSpec } from 'vega-lite';
import type { ResponsePoint } from '../summary/index.js';
import { seriesStyle } from './palette.js';
import { CHART_WIDTH, theme, tip } from './theme.js';

export interface ResponsesFrame {
  /** All variants of the experiment: their order decides colours. */
  readonly variants: readonly string[];
  readonly value: 'deviation' | 'gradientNorm';
  readonly title: string;
  readonly scale: 'linear' | 'log';
}

const HEIGHT = 300;

/** One quantity of each layer, from the input to the output: a line a variant. */
export function responsesChart(
  points: readonly ResponsePoint[],
  { variants, value, title, scale }: ResponsesFrame,
): TopLevelSpec {
  const styles = variants.map((_, i) => seriesStyle(i));
  const domain = [...variants];
  const drawn = points.filter(point => scale === 'linear' || point[value] > 0);
  const values = drawn.map(point => ({
    ...point,
    tip: `${point.variant}, ${point.layer}: ${point[value].toPrecision(3)}, n = ${point.n}`,
  }));
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    config: theme,
    width: CHART_WIDTH,
    height: HEIGHT,
    autosize: { type: 'fit', contains: 'padding' },
    data: { values },
    mark: { type: 'line', strokeWidth: 2, point: { size: 18 }, aria: true },
    encoding: {
      x: {
        field: 'place',
        type: 'quantitative',
        scale: { zero: false, nice: false },
        axis: { title: 'layer, from the input on', format: 'd', tickMinStep: 1, tickCount: 8, grid: false },
      },
      y: {
        field: value,
        type: 'quantitative',
        scale: scale === 'log' ? { type: 'log', nice: true } : { zero: true, nice: true },
        axis: { title, tickCount: 6, domain: false, ticks: false, ...(scale === 'log' && { format: '.0e' }) },
      },
      color: {
        field: 'variant',
        type: 'nominal',
        scale: { domain, range: styles.map(({ colour }) => colour) },
        legend: null,
      },
      strokeDash: {
        field: 'variant',
        type: 'nominal',
        scale: { domain, range: styles.map(({ dash }) => [...dash]) },
        legend: null,
      },
      description: tip,
    },
  };
}
