import { expect } from 'vitest';
import type { State } from '../../src/engine/index.js';

/** The largest difference of two arrays, relative to the largest magnitude in the expected one. */
export function relativeDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let [difference, largest] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    const value = expected[i] as number;
    const apart = Math.abs((actual[i] ?? Number.NaN) - value);
    difference = Number.isNaN(apart) ? Number.POSITIVE_INFINITY : Math.max(difference, apart);
    largest = Math.max(largest, Math.abs(value));
  }
  return difference === 0 ? 0 : difference / largest;
}

/** Expects the same tensors, each within `tolerance` of its largest magnitude. */
export function expectStatesClose(actual: State, expected: State, tolerance: number): void {
  expect([...actual.keys()]).toEqual([...expected.keys()]);
  for (const [name, { shape, data }] of expected) {
    expect(actual.get(name)?.shape, name).toEqual(shape);
    expect(relativeDifference(actual.get(name)?.data ?? [], data), name).toBeLessThanOrEqual(tolerance);
  }
}
