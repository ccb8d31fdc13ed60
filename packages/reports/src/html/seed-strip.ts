import { fixed } from '../format/index.js';
import { drawnInterval, type SummaryRow } from '../summary/index.js';
import { html, type Markup } from './markup.js';

/** The range of errors that all strips of a table share. */
export interface StripRange {
  readonly low: number;
  readonly high: number;
}

const WIDTH = 132;
const HEIGHT = 20;
const MARGIN = 6;

/** Null when there is nothing to draw. */
export function stripRange(rows: readonly SummaryRow[]): StripRange | null {
  const values = rows.flatMap(row => [
    ...row.seeds.map(seed => seed.top1Error),
    ...(drawnInterval(row) ?? []),
  ]);
  return values.length === 0 ? null : { low: Math.min(...values), high: Math.max(...values) };
}

/** A dot a seed, a tick at the mean, a line over the interval: all rows on one scale. */
export function seedStrip(row: SummaryRow, { low, high }: StripRange): Markup {
  const { variant, seeds, mean } = row;
  const interval = drawnInterval(row);
  const x = (error: number): string =>
    (high === low ? WIDTH / 2 : MARGIN + ((error - low) / (high - low)) * (WIDTH - 2 * MARGIN)).toFixed(1);
  const middle = HEIGHT / 2;
  const values = seeds.map(({ seed, top1Error }) => `seed ${seed}: ${fixed(top1Error, 2)}`).join(', ');
  return html`<svg class="strip" role="img" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}"><title>${variant}, test top-1 error by seed. ${values}</title>
<line class="base" x1="0" x2="${WIDTH}" y1="${middle}" y2="${middle}"/>
${interval && html`<line class="interval" x1="${x(interval[0])}" x2="${x(interval[1])}" y1="${middle}" y2="${middle}"/>`}
${seeds.map(({ top1Error }) => html`<circle cx="${x(top1Error)}" cy="${middle}" r="3.4"/>`)}
${mean !== null && html`<line class="mean" x1="${x(mean)}" x2="${x(mean)}" y1="3" y2="${HEIGHT - 3}"/>`}</svg>`;
}
