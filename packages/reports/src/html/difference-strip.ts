import type { Verdict } from '../verdicts/index.js';
import { html, type Markup } from './markup.js';

const WIDTH = 180;
const HEIGHT = 26;
const MARGIN = 8;

/** The value that says: no difference. */
export function noDifference(unit: Verdict['unit']): number {
  return unit === 'ratio' ? 1 : 0;
}

/**
 * A difference with its interval on a line with no difference in the middle: where the words come from, at a glance. The
 * line ends `reach` to either side.
 */
export function differenceStrip(
  { difference, interval, unit }: Verdict,
  reach: number,
  inWords: string,
): Markup | null {
  if (difference === null || !Number.isFinite(difference)) return null;
  const none = noDifference(unit);
  const x = (value: number): string => {
    const share = Math.min(1, Math.max(-1, (value - none) / reach));
    return (WIDTH / 2 + share * (WIDTH / 2 - MARGIN)).toFixed(1);
  };
  const middle = HEIGHT / 2;
  return html`<svg class="strip" role="img" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" data-tip="${inWords}"><title>${inWords}</title>
<line class="base" x1="0" x2="${WIDTH}" y1="${middle}" y2="${middle}"/>
<line class="none" x1="${x(none)}" x2="${x(none)}" y1="2" y2="${HEIGHT - 2}"/>
${interval && html`<line class="interval" x1="${x(interval[0])}" x2="${x(interval[1])}" y1="${middle}" y2="${middle}"/>`}
<circle class="point" cx="${x(difference)}" cy="${middle}" r="4.5"/></svg>`;
}
