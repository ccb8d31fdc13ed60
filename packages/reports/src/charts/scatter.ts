import type { TopLevelSpec } from 'vega-lite';
import { namePlaces } from './name-places.js';
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
const LONGEST_NAME = 14;
/** What axes and their titles take, in pixels, about. */
const BESIDE = 60;
const BELOW = 55;
/** Pixels between the outermost points and the edges. */
const MARGIN = { x: 30, y: 14 } as const;

/** Points with names and upright intervals, over whatever lies `behind`. */
export function scatter(
  points: readonly ScatterPoint[],
  axes: ScatterAxes,
  behind: Layers = [],
): TopLevelSpec {
  const isLog = axes.x.scale === 'log';
  const scale = isLog ? ({ type: 'log', nice: false } as const) : ({ zero: false, nice: false } as const);
  const x = {
    field: 'x',
    type: 'quantitative',
    scale: points.length === 0 ? { domain: isLog ? [1, 10] : [0, 100] } : { ...scale, padding: MARGIN.x },
    axis: { title: axes.x.title, tickCount: 5, grid: false, ...(axes.x.format && { format: axes.x.format }) },
  } as const;
  const y = {
    type: 'quantitative',
    scale: points.length === 0 ? { domain: [0, 100] } : { zero: false, nice: false, padding: MARGIN.y },
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
        data: { values: named(points, isLog) },
        mark: {
          type: 'text',
          align: { expr: 'datum.align' },
          dx: { expr: 'datum.dx' },
          dy: { expr: 'datum.dy' },
          color: colourOf('ink'),
        },
        encoding: { x, y: { ...y, field: 'y' }, text: { field: 'name', type: 'nominal' } },
      },
    ],
  };
}

/** Points whose names have room; the others are named in the table and under the pointer. */
function named(points: readonly ScatterPoint[], isLog: boolean): readonly object[] {
  const width = CHART_WIDTH - BESIDE;
  const height = HEIGHT - BELOW;
  const across = along(
    points.map(({ x }) => (isLog ? Math.log(x) : x)),
    width,
    MARGIN.x,
  );
  const up = along(
    points.flatMap(({ y, low, high }) => [y, low ?? y, high ?? y]),
    height,
    MARGIN.y,
  );
  const names = points.map(({ variant }) => shortened(variant));
  const spots = points.map(({ x, y }, i) => ({
    x: across(isLog ? Math.log(x) : x),
    y: height - up(y),
    characters: [...(names[i] as string)].length,
  }));
  const places = namePlaces(spots, { width, height });
  return points.flatMap((point, i) => {
    const place = places[i];
    return place ? [{ ...point, name: names[i], ...place }] : [];
  });
}

/** Where a value lies on an axis of so many pixels that shows all of them. */
function along(values: readonly number[], length: number, margin: number): (value: number) => number {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  if (most === least) return () => length / 2;
  return value => margin + ((value - least) / (most - least)) * (length - 2 * margin);
}

function shortened(name: string): string {
  const characters = [...name];
  return characters.length > LONGEST_NAME ? `${characters.slice(0, LONGEST_NAME - 1).join('')}…` : name;
}
