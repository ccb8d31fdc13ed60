import { fixed, milliseconds } from '../format/index.js';
import type { TimingRow } from './timings.js';

/** Header and rows of the timings as plain text, for a terminal; numbers from the second column on. */
export function timingCells(rows: readonly TimingRow[]): readonly (readonly string[])[] {
  const body = rows.map(({ variant, base, batchSize, seconds, ratio, interval, n }) => [
    variant,
    `${batchSize}`,
    milliseconds(seconds),
    variant === base
      ? '-'
      : `${fixed(ratio, 2)}${interval ? ` (${fixed(interval[0], 2)} to ${fixed(interval[1], 2)})` : ''}`,
    `${n}`,
  ]);
  return [['variant', 'batch', 'a step', `times ${rows[0]?.base ?? 'the first'}`, 'turns'], ...body];
}
