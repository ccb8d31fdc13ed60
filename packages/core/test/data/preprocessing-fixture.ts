import { readFileSync } from 'node:fs';
import type { ImageSet } from '@strata/core/data';
import type { Shape } from '@strata/core/network';

type Numbers = readonly number[];

/** What NumPy, SciPy and PyTorch make of a few small images. */
export const fixture = JSON.parse(
  readFileSync(new URL('../fixtures/preprocessing.json', import.meta.url), 'utf8'),
) as {
  readonly shape: Shape;
  readonly pixels: readonly Numbers[];
  readonly gcn: { readonly scale: number; readonly values: readonly Numbers[] };
  readonly zca: {
    readonly scale: number;
    readonly bias: number;
    readonly mean: Numbers;
    readonly matrix: readonly Numbers[];
    readonly values: readonly Numbers[];
  };
  readonly colour: { readonly values: Numbers; readonly vectors: readonly Numbers[] };
  readonly resampled: readonly {
    readonly size: readonly [number, number];
    readonly values: readonly Numbers[];
  }[];
  readonly warped: {
    readonly map: {
      readonly xx: number;
      readonly xy: number;
      readonly x0: number;
      readonly yy: number;
      readonly y0: number;
    };
    readonly values: readonly Numbers[];
  };
};

export const fixtureImages: ImageSet = {
  count: fixture.pixels.length,
  shape: fixture.shape,
  labels: Uint16Array.from(fixture.pixels, (_, i) => i % 10),
  pixels: i => Uint8Array.from(fixture.pixels[i] as Numbers),
};

/** The largest difference. */
export function distance(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (found.length !== expected.length)
    throw new RangeError(`${found.length} and ${expected.length} numbers`);
  return Math.max(...Array.from(found, (x, i) => Math.abs(x - (expected[i] as number))));
}
