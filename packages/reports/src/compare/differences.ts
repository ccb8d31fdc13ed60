/** A value that differs, by its dotted name. */
export interface ValueDifference {
  readonly name: string;
  readonly a: unknown;
  readonly b: unknown;
}

/** Where two plain values differ: names of the innermost values, in order; `undefined` where one side has none. */
export function differencesOf(a: unknown, b: unknown, name = ''): readonly ValueDifference[] {
  if (isRecord(a) && isRecord(b)) {
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
    return keys.flatMap(key => differencesOf(a[key], b[key], name === '' ? key : `${name}.${key}`));
  }
  return JSON.stringify(a) === JSON.stringify(b) ? [] : [{ name, a, b }];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
