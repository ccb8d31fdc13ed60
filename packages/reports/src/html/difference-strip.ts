import type { Verdict } from '../verdicts/index.js';
import { html, type Markup } from './markup.js';

const WIDTH = 180;
const HEIGHT = 26;
const MARGIN = 8;

/** A difference with its interval on a line with the point of no difference: where the words come from, at a glance. */
export function differenceStrip({ difference, interval, unit }: Verdict, inWords: string): Markup | null {
  if (difference === null || !Number.isFinite(difference)) return null;
  const none = unit === 'ratio' ? 1 : 0;
  const ends = [none, difference, ...(interval ?? [])].filter(Number.isFinite);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const span = high - low || 1;
  const x = (value: number): string =>
    (MARGIN + ((Math.min(high, Math.max(low, value)) - low) / span) * (WIDTH - 2 * MARGIN)).toFixed(1);
  const middle = HEIGHT / 2;
  return html`<svg class="strip" role="img" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" data-tip="${inWords}"><title>${inWords}</title>
<line class="base" x1="0" x2="${WIDTH}" y1="${middle}" y2="${middle}"/>
<line class="none" x1="${x(none)}" x2="${x(none)}" y1="2" y2="${HEIGHT - 2}"/>
${interval && html`<line class="interval" x1="${x(interval[0])}" x2="${x(interval[1])}" y1="${middle}" y2="${middle}"/>`}
<circle class="point" cx="${x(difference)}" cy="${middle}" r="4.5"/></svg>`;
}
