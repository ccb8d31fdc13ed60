import type { Config, TopLevelSpec } from 'vega-lite';
import { colourOf } from './palette.js';

/** What a layered chart stacks. */
export type Layers = Extract<TopLevelSpec, { layer: unknown }>['layer'];

/** Width of every chart with its labels, in pixels: legible on a phone, two abreast on a desk. */
export const CHART_WIDTH = 440;

export const FONT = 'system-ui, sans-serif';

/** What a mark says when it is pointed at; marks that carry it are the only ones with words of their own. */
export const tip = { field: 'tip', type: 'nominal' } as const;

/** Transparent, quiet axes, colours that follow the page. Labels for screen readers stand on the `<svg>` itself. */
export const theme: Config = {
  aria: false,
  background: 'transparent',
  font: FONT,
  // Vega leaves out half of an outermost label when it fits a chart into its size.
  padding: { left: 8, top: 8, right: 2, bottom: 2 },
  view: { stroke: null },
  axis: {
    domainColor: colourOf('muted'),
    tickColor: colourOf('muted'),
    gridColor: colourOf('grid'),
    labelColor: colourOf('muted'),
    labelFontSize: 12,
    labelLimit: 130,
    titleColor: colourOf('muted'),
    titleFontSize: 12,
    titleFontWeight: 'normal',
    titlePadding: 8,
  },
  text: { fontSize: 12, color: colourOf('muted') },
};
