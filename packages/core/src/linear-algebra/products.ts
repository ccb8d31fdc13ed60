/** Products of large matrices, row by row in 32-bit floats: by ONNX Runtime where it loads, since plain loops take twenty times as long. */
import { createGraph } from '../engine/onnx/graph/graph.js';
import { floatsOf, floatTensor, loadRuntime, openSession } from '../engine/onnx/runtime.js';
import { UsageError } from '../errors/index.js';

export interface Products {
  /** `AᵀA` of `rows x n`: `n x n`. */
  gram(a: Float32Array, rows: number, n: number): Promise<Float32Array>;
  /** `A M` of `rows x n` and `n x n`: `rows x n`. */
  times(a: Float32Array, rows: number, n: number, m: Float32Array): Promise<Float32Array>;
}

/** The fastest that loads here. Equal arguments give equal bits on one kind of CPU, whatever the number of threads. */
export async function openProducts(): Promise<Products> {
  try {
    return runtimeProducts(await loadRuntime());
  } catch (error) {
    if (error instanceof UsageError) return plainProducts;
    throw error;
  }
}

function runtimeProducts(runtime: Awaited<ReturnType<typeof loadRuntime>>): Products {
  const gemm = async (
    a: Float32Array,
    b: Float32Array,
    [m, k, n]: readonly [number, number, number],
    transA: 0 | 1,
  ): Promise<Float32Array> => {
    const graph = createGraph();
    const shapes = { a: transA ? [k, m] : [m, k], b: [k, n] };
    const inputs = [graph.input('a', shapes.a), graph.input('b', shapes.b)];
    graph.output('product', graph.apply('Gemm', inputs, { shape: [m, n] }, { attributes: { transA } }));
    const session = await openSession(runtime, graph.finish(), {});
    try {
      const feeds = { a: floatTensor(runtime, a, shapes.a), b: floatTensor(runtime, b, shapes.b) };
      return floatsOf((await session.run(feeds)).product);
    } finally {
      await session.release();
    }
  };
  return {
    gram: (a, rows, n) => gemm(a, a, [n, rows, n], 1),
    times: (a, rows, n, m) => gemm(a, m, [rows, n, n], 0),
  };
}

/** The same by plain loops. */
export const plainProducts: Products = {
  async gram(a, rows, n) {
    const product = new Float32Array(n * n);
    for (let i = 0; i < n; i++) {
      const sums = new Float64Array(n);
      for (let row = 0; row < rows; row++) addMultiple(sums, a[row * n + i] as number, a, row * n);
      product.set(sums, i * n);
    }
    return product;
  },
  async times(a, rows, n, m) {
    const product = new Float32Array(rows * n);
    for (let row = 0; row < rows; row++) {
      const sums = new Float64Array(n);
      for (let k = 0; k < n; k++) addMultiple(sums, a[row * n + k] as number, m, k * n);
      product.set(sums, row * n);
    }
    return product;
  },
};

function addMultiple(sums: Float64Array, factor: number, from: Float32Array, start: number): void {
  for (let j = 0; j < sums.length; j++) sums[j] = (sums[j] as number) + factor * (from[start + j] as number);
}
