import type { TopLevelSpec } from 'vega-lite';
import { colourOf, seriesStyle } from './palette.js';
import { CHART_WIDTH, type Layers, theme, tip } from './theme.js';

/** A variant as a point with its name, and the interval of what stands on the upright axis. */
export interface ScatterPoint {
  readonly variant: string;
  /** Place among the experiment's variants: decides the colour. */
  readonly place: number;
  readonly x: number;
  readonly y: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly tip: string;
}

export interface ScatterAxes {
  readonly x: { readonly title: string; readonly scale?: 'log'; readonly format?: string };
  readonly y: { readonly title: string };
}

const HEIGHT = 300;
/** Beyond so many points names would cover one another: they stay in the table and under the pointer. */
const NAMED = 16;
const LONGEST_NAME = 14;

/** Points with names and upright intervals, over whatever lies `behind`. */
export function scatter(
  points: readonly ScatterPoint[],
  axes: ScatterAxes,
  behind: Layers = [],
): TopLevelSpec {
  const isLog = axes.x.scale === 'log';
  const scale = isLog ? ({ type: 'log', nice: false } as const) : ({ zero: false, nice: true } as const);
  const x = {
    field: 'x',
    type: 'quantitative',
    scale: points.length === 0 ? { domain: isLog ? [1, 10] : [0, 100] } : { ...scale, padding: 30 },
    axis: { title: axes.x.title, tickCount: 5, grid: false, ...(axes.x.format && { format: axes.x.format }) },
  } as const;
  const y = {
    type: 'quantitative',
    scale: points.length === 0 ? { domain: [0, 100] } : { zero: false, nice: true, padding: 14 },
    axis: { title: axes.y.title, tickCount: 6, domain: false, ticks: false },
  } as const;
  const places = [...new Set(points.map(point => point.place))];
  const color = {
    field: 'place',
    type: 'nominal',
    scale: { domain: places, range: places.map(place => seriesStyle(place).colour) },
    legend: null,
  } as const;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    config: theme,
    width: CHART_WIDTH,
    height: HEIGHT,
    autosize: { type: 'fit', contains: 'padding' },
    layer: [
      ...behind,
      {
        data: { values: points.filter(point => point.low !== null) },
        mark: { type: 'rule', strokeWidth: 1.5, opacity: 0.55 },
        encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
      },
      {
        data: { values: [...points] },
        mark: { type: 'circle', size: 110, opacity: 1, aria: true },
        encoding: { x, y: { ...y, field: 'y' }, color, description: tip },
      },
      {
        data: { values: points.length > NAMED ? [] : points.map(named) },
        mark: { type: 'text', align: 'left', dx: 9, dy: -8, color: colourOf('ink') },
        encoding: { x, y: { ...y, field: 'y' }, text: { field: 'name', type: 'nominal' } },
      },
    ],
  };
}

function named(point: ScatterPoint): ScatterPoint & { readonly name: string } {
  const characters = [...point.variant];
  const name =
    characters.length > LONGEST_NAME ? `${characters.slice(0, LONGEST_NAME - 1).join('')}…` : point.variant;
  return { ...point, name };
}
