import { inverseRoot, openProducts, plainProducts, symmetricEigen } from '@strata/core/linear-algebra';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

type Matrix = readonly (readonly number[])[];

function multiplied(a: Matrix, b: Matrix): number[][] {
  return a.map(row =>
    (b[0] ?? []).map((_, j) => row.reduce((sum, x, k) => sum + x * (b[k]?.[j] as number), 0)),
  );
}

const transposed = (a: Matrix): number[][] => (a[0] ?? []).map((_, j) => a.map(row => row[j] as number));

const identity = (n: number): number[][] =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)));

function furthest(a: Matrix, b: Matrix): number {
  return Math.max(...a.flatMap((row, i) => row.map((x, j) => Math.abs(x - (b[i]?.[j] as number)))));
}

const entry = fc.double({ min: -10, max: 10, noNaN: true });
/** `n x n`, of any rank. */
const square = fc
  .integer({ min: 1, max: 12 })
  .chain(n => fc.array(fc.array(entry, { minLength: n, maxLength: n }), { minLength: n, maxLength: n }));

/** Its product with itself has elements whose squares are below the smallest number there is. */
const TINY: Matrix = [
  [0, 0, 1.571727784702629e-163, 0],
  [0, 0, 0, 0],
  [0, 0, 0, 0],
  [0, 0, 9.999999999999998, 0],
];

/** `B Bᵀ + least I`: no eigenvalue is below `least`. */
function positive(b: Matrix, least: number): number[][] {
  return multiplied(b, transposed(b)).map((row, i) => row.map((x, j) => (i === j ? x + least : x)));
}

describe('inverseRoot', () => {
  it('is symmetric and makes the matrix the identity from both sides, whatever its rank and spectrum', () => {
    fc.assert(
      fc.property(square as fc.Arbitrary<Matrix>, fc.constantFrom(0.01, 0.1, 1, 100), (b, least) => {
        const n = b.length;
        const a = positive(b, least);
        const flat = inverseRoot(Float64Array.from(a.flat()), n, least);
        const root = Array.from({ length: n }, (_, i) => [...flat.subarray(i * n, (i + 1) * n)]);
        expect(furthest(multiplied(multiplied(root, a), root), identity(n))).toBeLessThan(1e-7);
        expect(furthest(root, transposed(root))).toBe(0);
      }),
      { examples: [[TINY, 0.01]] },
    );
  });

  it('reads the upper triangle alone', () => {
    const root = inverseRoot(Float64Array.of(2, 1, 999, 2), 2, 1);
    // Eigenvalues 1 and 3.
    const [on, off] = [(1 + 1 / Math.sqrt(3)) / 2, (1 / Math.sqrt(3) - 1) / 2];
    for (const [i, x] of [on, off, off, on].entries()) expect(root[i]).toBeCloseTo(x, 12);
  });

  it('takes a matrix that is diagonal already', () => {
    const root = inverseRoot(Float64Array.of(4, 0, 0, 0, 9, 0, 0, 0, 16), 3, 1);
    const expected = [1 / 2, 0, 0, 0, 1 / 3, 0, 0, 0, 1 / 4];
    for (const [i, x] of expected.entries()) expect(root[i]).toBeCloseTo(x, 12);
  });
});

describe('symmetricEigen', () => {
  it('gives falling values, vectors of length 1 at right angles, and the matrix back', () => {
    fc.assert(
      fc.property(square, b => {
        const a = b.map((row, i) => row.map((x, j) => x + (b[j]?.[i] as number)));
        const { values, vectors } = symmetricEigen(a);
        expect(values).toEqual(values.toSorted((x, y) => y - x));
        expect(furthest(multiplied(vectors, transposed(vectors)), identity(a.length))).toBeLessThan(1e-10);
        const scaled = vectors.map((vector, i) => vector.map(x => x * (values[i] as number)));
        expect(furthest(multiplied(transposed(vectors), scaled), a)).toBeLessThan(1e-9);
      }),
    );
  });
});

describe('products', () => {
  it('are the same by ONNX Runtime as by plain loops', async () => {
    const runtime = await openProducts();
    const size = fc.integer({ min: 1, max: 40 });
    const matrices = fc.tuple(size, size).chain(([rows, n]) => {
      const floats = (length: number) =>
        fc.float32Array({ minLength: length, maxLength: length, min: -4, max: 4, noNaN: true });
      return fc.record({ rows: fc.constant(rows), n: fc.constant(n), a: floats(rows * n), m: floats(n * n) });
    });
    await fc.assert(
      fc.asyncProperty(matrices, async ({ rows, n, a, m }) => {
        const pairs = [
          [await runtime.gram(a, rows, n), await plainProducts.gram(a, rows, n)],
          [await runtime.times(a, rows, n, m), await plainProducts.times(a, rows, n, m)],
        ] as const;
        for (const [found, expected] of pairs) {
          expect(found).toHaveLength(expected.length);
          for (const [i, x] of expected.entries())
            expect(Math.abs((found[i] as number) - x)).toBeLessThan(1e-3);
        }
      }),
      { numRuns: 30 },
    );
  });
});
