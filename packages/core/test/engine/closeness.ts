import { expect } from 'vitest';
import type { State } from '../../src/engine/index.js';

/**
 * The largest difference of two arrays, relative to the largest magnitude in the expected one, or to `floor` where that
 * is larger: what cancels to zero is rounding alone.
 */
export function relativeDifference(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  floor = 0,
): number {
  let [difference, largest] = [0, floor];
  for (let i = 0; i < expected.length; i++) {
    const value = expected[i] as number;
    const apart = Math.abs((actual[i] ?? Number.NaN) - value);
    difference = Number.isNaN(apart) ? Number.POSITIVE_INFINITY : Math.max(difference, apart);
    largest = Math.max(largest, Math.abs(value));
  }
  return difference === 0 ? 0 : difference / largest;
}

export interface Closeness {
  /** Share of the largest magnitude of a tensor by which its elements may differ. */
  readonly tolerance: number;
  readonly floor?: number;
  /** Of the one that is tested, for messages. */
  readonly title?: string;
}

/** Expects the same tensors, in any order. */
export function expectStatesClose(
  actual: State,
  expected: State,
  { tolerance, floor = 0, title = '' }: Closeness,
): void {
  expect([...actual.keys()].sort(), title).toEqual([...expected.keys()].sort());
  for (const [name, { shape, data }] of expected) {
    const about = `${title} ${name}`;
    expect(actual.get(name)?.shape, about).toEqual(shape);
    expect(relativeDifference(actual.get(name)?.data ?? [], data, floor), about).toBeLessThanOrEqual(
      tolerance,
    );
  }
}
