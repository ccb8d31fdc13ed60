/** Numbers as the reports print them; independent of the machine's locale. */

const MINUS = '\u2212';

/** With a true minus sign and a fixed number of decimals. */
export function fixed(value: number, decimals: number): string {
  const digits = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(digits) !== 0 ? `${MINUS}${digits}` : digits;
}

/** As published: papers print errors with one decimal at least, and JSON drops a final zero. */
export function asPublished(value: number): string {
  const decimals = String(value).split('.')[1]?.length ?? 0;
  return fixed(value, Math.max(1, decimals));
}

/** With its sign: `+3.20`. */
export function signed(value: number, decimals: number): string {
  const text = fixed(value, decimals);
  return text.startsWith(MINUS) || Number(text) === 0 ? text : `+${text}`;
}

const thousands = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',');

/** A whole number with thousands apart: `132,863,336`. */
export function whole(value: number): string {
  return value < 0
    ? `${MINUS}${thousands(String(-Math.round(value)))}`
    : thousands(String(Math.round(value)));
}

const UNITS = [
  { factor: 1e12, unit: 'T' },
  { factor: 1e9, unit: 'G' },
  { factor: 1e6, unit: 'M' },
  { factor: 1e3, unit: 'k' },
] as const;

/** A count in three significant figures: `133 M`, `7.61 G`, `512`. */
export function compact(value: number): string {
  // 999,600 is 1.00 M in three figures, not 1000 k.
  const rounded = Number(value.toPrecision(3));
  const scale = UNITS.find(({ factor }) => rounded >= factor);
  return scale
    ? `${(rounded / scale.factor).toPrecision(3)} ${scale.unit}`
    : String(Number(rounded.toFixed(2)));
}

/** A span of time in its two largest units: `0.84 s`, `42.1 s`, `12 min 5 s`, `3 h 20 min`. */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(2)} s`;
  if (seconds < 99.95) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(Math.round(seconds) / 60);
  if (minutes < 60) return `${minutes} min ${Math.round(seconds) % 60} s`;
  const hours = Math.round(seconds / 60);
  return `${thousands(String(Math.floor(hours / 60)))} h ${hours % 60} min`;
}

/** A short span in three significant figures: `0.0123 ms`, `4.56 ms`, `1,230 ms`. */
export function milliseconds(seconds: number): string {
  const value = 1000 * seconds;
  return `${value >= 99.95 ? whole(Number(value.toPrecision(3))) : value.toPrecision(3)} ms`;
}

/** `1 run`, `3 runs`. */
export function counted(count: number, noun: string): string {
  return `${whole(count)} ${noun}${count === 1 ? '' : 's'}`;
}
