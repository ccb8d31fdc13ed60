/** Householder's reduction of a symmetric matrix (Golub and Van Loan, section 8.3.1), made for large matrices. */

/** `Q T Qᵀ` of a symmetric matrix, T being tridiagonal. */
export interface Tridiagonal {
  readonly diagonal: Float64Array;
  /** Beside the diagonal, one shorter. */
  readonly side: Float64Array;
  /** Row `k`, from column `k + 1` on, holds the `v` of reflection `I - v vᵀ` number `k`; Q is their product in order. */
  readonly reflections: Float64Array;
}

/**
 * Reduces the matrix in place; only its upper triangle is read. It is gone through once for each row: one pass takes the
 * last reflection in and multiplies by the next one, since memory is what it waits for.
 */
export function tridiagonalise(matrix: Float64Array, n: number): Tridiagonal {
  const side = new Float64Array(Math.max(0, n - 1));
  const diagonal = new Float64Array(n);
  const last = { v: new Float64Array(n), w: new Float64Array(n) };
  const next = { v: new Float64Array(n), w: new Float64Array(n) };
  for (let k = 0; k < n; k++) {
    subtractFromRow(matrix, n, k, last.v, last.w);
    diagonal[k] = matrix[k * n + k] as number;
    if (k === n - 1) break;
    next.v.fill(0);
    side[k] = reflection(matrix.subarray(k * n + k + 1, (k + 1) * n), next.v.subarray(k + 1));
    matrix.set(next.v.subarray(k + 1), k * n + k + 1);
    passOver(matrix, n, k + 1, last, next);
    last.v.set(next.v);
    last.w.set(next.w);
  }
  return { diagonal, side, reflections: matrix };
}

/**
 * `v` of the reflection `I - v vᵀ` that takes `x` to a multiple of its first axis, and that multiple. Reckoned in units of
 * the power of two at its largest element, which rounds nothing, so that no square underflows or overflows.
 */
function reflection(x: Float64Array, v: Float64Array): number {
  const unit = 2 ** Math.floor(Math.log2(largest(x)));
  let square = 0;
  for (let i = 1; i < x.length; i++) square += ((x[i] as number) / unit) ** 2;
  if (!(square > 0)) return x[0] as number;
  const first = (x[0] as number) / unit;
  const length = Math.sqrt(first * first + square);
  const onto = first > 0 ? -length : length;
  const scale = 1 / Math.sqrt(length * (length + Math.abs(first)));
  for (let i = 1; i < x.length; i++) v[i] = ((x[i] as number) / unit) * scale;
  v[0] = (first - onto) * scale;
  return onto * unit;
}

function largest(x: Float64Array): number {
  return x.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/** A rank-two change `A - v wᵀ - w vᵀ`. */
interface Change {
  readonly v: Float64Array;
  readonly w: Float64Array;
}

function subtractFromRow(matrix: Float64Array, n: number, i: number, v: Float64Array, w: Float64Array): void {
  const vi = v[i] as number;
  const wi = w[i] as number;
  for (let j = i; j < n; j++) {
    const at = i * n + j;
    matrix[at] = (matrix[at] as number) - vi * (w[j] as number) - wi * (v[j] as number);
  }
}

/** Takes `last` out of the rows from `from` on, and sets `next.w` so that `next` reflects what is left from both sides. */
function passOver(matrix: Float64Array, n: number, from: number, last: Change, next: Change): void {
  const product = next.w.fill(0);
  for (let i = from; i < n; i++) rowPass(matrix.subarray(i * n, (i + 1) * n), i, i, last, next.v, product);
  completeChange(next);
}

/**
 * One row of a symmetric matrix that holds columns `start` and up: takes `last` out of it, and adds what it gives to
 * `product`, the matrix times `v`, as the row and, mirrored, as the column.
 */
export function rowPass(
  row: Float64Array,
  i: number,
  start: number,
  last: Change,
  v: Float64Array,
  product: Float64Array,
): void {
  const lastV = last.v;
  const lastW = last.w;
  const lastVi = lastV[i] as number;
  const lastWi = lastW[i] as number;
  const vi = v[i] as number;
  let sum = 0;
  let j = start;
  if (j === i) {
    const a = (row[j] as number) - 2 * lastVi * lastWi;
    row[j] = a;
    sum = a * vi;
    j++;
  }
  for (; j < row.length; j++) {
    const a = (row[j] as number) - lastVi * (lastW[j] as number) - lastWi * (lastV[j] as number);
    row[j] = a;
    sum += a * (v[j] as number);
    product[j] = (product[j] as number) + a * vi;
  }
  product[i] = (product[i] as number) + sum;
}

/** `w` holds the matrix times `v`; afterwards `A - v wᵀ - w vᵀ` is `(I - v vᵀ) A (I - v vᵀ)`. */
export function completeChange({ v, w }: Change): void {
  let half = 0;
  for (let i = 0; i < v.length; i++) half += ((v[i] as number) * (w[i] as number)) / 2;
  for (let i = 0; i < v.length; i++) w[i] = (w[i] as number) - half * (v[i] as number);
}
