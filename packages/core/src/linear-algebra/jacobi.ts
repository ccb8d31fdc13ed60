export interface Eigen {
  /** Falling. */
  readonly values: readonly number[];
  /** `vectors[i]` has length 1 and belongs to `values[i]`; its largest component is positive. */
  readonly vectors: readonly (readonly number[])[];
}

/** Sweeps after which the cyclic method has long converged; it does so quadratically. */
const MOST_SWEEPS = 60;

/** Eigenvalues and eigenvectors of a small symmetric matrix, by Jacobi's rotations (Golub and Van Loan, section 8.5). */
export function symmetricEigen(matrix: readonly (readonly number[])[]): Eigen {
  const n = matrix.length;
  const a = matrix.map(row => Float64Array.from(row));
  const v = a.map((_, i) => Float64Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let rotated = false;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotated = rotate(a, v, p, q) || rotated;
    if (!rotated) break;
  }
  const order = a.map((_, i) => i).sort((i, j) => at(a, j, j) - at(a, i, i));
  return {
    values: order.map(i => at(a, i, i)),
    vectors: order.map(i => facingUp(v.map(row => row[i] as number))),
  };
}

type Rows = readonly Float64Array[];

const at = (rows: Rows, i: number, j: number): number => (rows[i] as Float64Array)[j] as number;

/** Makes `a[p][q]` zero, unless it is nothing beside its diagonal already. */
function rotate(a: Rows, v: Rows, p: number, q: number): boolean {
  const apq = at(a, p, q);
  const app = at(a, p, p);
  const aqq = at(a, q, q);
  if (Math.abs(apq) <= Number.EPSILON * Math.sqrt(Math.abs(app * aqq))) return false;
  const tau = (aqq - app) / (2 * apq);
  const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.hypot(1, tau));
  const cosine = 1 / Math.hypot(1, t);
  const sine = t * cosine;
  for (const row of a) turn(row, p, q, cosine, sine);
  const rowP = a[p] as Float64Array;
  const rowQ = a[q] as Float64Array;
  for (let j = 0; j < a.length; j++) {
    const x = rowP[j] as number;
    const y = rowQ[j] as number;
    rowP[j] = cosine * x - sine * y;
    rowQ[j] = sine * x + cosine * y;
  }
  for (const row of v) turn(row, p, q, cosine, sine);
  return true;
}

function turn(row: Float64Array, p: number, q: number, cosine: number, sine: number): void {
  const x = row[p] as number;
  const y = row[q] as number;
  row[p] = cosine * x - sine * y;
  row[q] = sine * x + cosine * y;
}

/** An eigenvector's sign is free: one choice on every machine. */
function facingUp(vector: readonly number[]): readonly number[] {
  const largest = vector.reduce((most, x) => (Math.abs(x) > Math.abs(most) ? x : most), 0);
  return largest < 0 ? vector.map(x => -x) : vector;
}
