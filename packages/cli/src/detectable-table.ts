import type { Detectable } from '@strata/reports/verdicts';
import { formatTable } from './print.js';

/** What the planned seeds can find out about each claim; empty without claims that runs decide. */
export function detectableTable(claims: readonly Detectable[]): string {
  if (claims.length === 0) return '';
  const rows = claims.map(({ id, difference, unit, margin, deviation, pilot, pilotProfile, pairs }) => [
    id,
    `${pairs}`,
    difference === null ? 'none' : amount(difference, unit),
    margin === null ? '' : amount(margin, unit),
    deviation === null ? 'unknown' : deviation.toFixed(2),
    pilot === 0 ? (deviation === null ? '' : 'assumed') : `${pilot} finished pairs, ${pilotProfile}`,
  ]);
  const header = ['claim', 'pairs', 'smallest', 'margin', 'spread', 'from'];
  const title = `What ${claims.length === 1 ? 'the claim' : `the ${claims.length} claims`} can be decided on: the smallest difference found with a chance of 80 %, or the narrowest margin in which none is shown.`;
  return `${title}\n${formatTable(header, rows, [1, 2, 3, 4])}`;
}

function amount(value: number, unit: Detectable['unit']): string {
  return unit === 'ratio' ? `${value.toFixed(2)} of the time` : `${value.toFixed(2)} ${unit}`;
}
