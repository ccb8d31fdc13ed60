import { completeChange, rowPass, type Tridiagonal, tridiagonalise } from './tridiagonal.js';

/** The quadrature's relative error. */
const TOLERANCE = 1e-13;

/**
 * The inverse square root of a symmetric positive definite matrix, row by row, both triangles. Its eigenvectors are never
 * made, which would take several times as long: with A = Q T Qᵀ, the inverse root of the tridiagonal T is a sum of
 * tridiagonal inverses, and Q is applied to it from both sides. 3072 rows take about a minute on one core.
 * @param matrix Only its upper triangle is read; it is lost.
 * @param least A bound that no eigenvalue is below, above 0.
 */
export function inverseRoot(matrix: Float64Array, n: number, least: number): Float64Array {
  const reduced = tridiagonalise(matrix, n);
  const root = tridiagonalInverseRoot(reduced, least);
  return turnedBack(root, reduced.reflections, n);
}

/**
 * `T^(-1/2) = (2/π) ∫ eˢ (T + e²ˢ I)⁻¹ ds` over all real s, by the trapezoidal rule: the integrand is analytic within π/2
 * of the real line and falls off as 1/cosh, so that the error falls off exponentially with the number of terms
 * (Trefethen and Weideman 2014, "The exponentially convergent trapezoidal rule"). Upper triangle.
 */
function tridiagonalInverseRoot({ diagonal, side }: Tridiagonal, least: number): Float64Array {
  const n = diagonal.length;
  const root = new Float64Array(n * n);
  const digits = -Math.log(TOLERANCE);
  const step = Math.PI ** 2 / (digits + Math.LN2);
  const from = Math.log(least) / 2 - digits;
  const to = Math.log(largestBound(diagonal, side)) / 2 + digits;
  for (let s = from; s <= to; s += step) {
    const shift = Math.exp(2 * s);
    addInverse(root, diagonal, side, shift, ((2 * step) / Math.PI) * Math.exp(s));
  }
  return root;
}

/** No eigenvalue is above it (Gershgorin). */
function largestBound(diagonal: Float64Array, side: Float64Array): number {
  return diagonal.reduce(
    (most, d, i) => Math.max(most, d + Math.abs(side[i - 1] ?? 0) + Math.abs(side[i] ?? 0)),
    0,
  );
}

/**
 * Adds `weight (T + shift I)⁻¹` to the upper triangle. With the pivots of eliminating from the top and from the bottom,
 * the diagonal of the inverse follows at once, and along a row each element from the one before it, never growing.
 */
function addInverse(
  sum: Float64Array,
  diagonal: Float64Array,
  side: Float64Array,
  shift: number,
  weight: number,
): void {
  const n = diagonal.length;
  const down = new Float64Array(n);
  const up = new Float64Array(n);
  const shifted = diagonal.map(d => d + shift);
  for (let i = 0; i < n; i++)
    down[i] = (shifted[i] as number) - (i === 0 ? 0 : (side[i - 1] as number) ** 2 / (down[i - 1] as number));
  for (let i = n - 1; i >= 0; i--)
    up[i] = (shifted[i] as number) - (i === n - 1 ? 0 : (side[i] as number) ** 2 / (up[i + 1] as number));
  const ratios = side.map((e, j) => -e / (up[j + 1] as number));
  for (let i = 0; i < n; i++) {
    let value = weight / ((down[i] as number) + (up[i] as number) - (shifted[i] as number));
    const negligible = Math.abs(value) * Number.EPSILON * TOLERANCE;
    for (let j = i; j < n && Math.abs(value) > negligible; j++) {
      const at = i * n + j;
      sum[at] = (sum[at] as number) + value;
      value *= ratios[j] as number;
    }
  }
}

/** `Q S Qᵀ`: the reflections, the last one first, from both sides. Fills both triangles of `s`. */
function turnedBack(s: Float64Array, reflections: Float64Array, n: number): Float64Array {
  const last = { v: new Float64Array(n), w: new Float64Array(n) };
  const next = { v: new Float64Array(n), w: new Float64Array(n) };
  for (let k = n - 2; k >= -1; k--) {
    next.v.fill(0);
    // The pass after the last reflection only takes that one in.
    if (k >= 0) next.v.set(reflections.subarray(k * n + k + 1, (k + 1) * n), k + 1);
    next.w.fill(0);
    const start = Math.max(0, k + 1);
    for (let i = 0; i < n; i++)
      rowPass(s.subarray(i * n, (i + 1) * n), i, Math.max(i, start), last, next.v, next.w);
    completeChange(next);
    last.v.set(next.v);
    last.w.set(next.w);
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) s[i * n + j] = s[j * n + i] as number;
  return s;
}
