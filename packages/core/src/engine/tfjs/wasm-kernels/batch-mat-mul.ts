import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { BatchMatMul, type BatchMatMulAttrs, type TensorInfo } from '@tensorflow/tfjs-core';
import { floats, wasmKernel } from './kernel-call.js';

/**
 * The stock kernel is a plain loop where an operand is transposed, ten times slower than its product of matrices as
 * they are, which is used here: A'B after turning A, and AB' as (BA')', since what it spends on its right operand
 * should go to the smaller one, a batch rather than weights. Stacks of matrices are left to the stock kernel.
 */
export const batchMatMul = wasmKernel<'a' | 'b', BatchMatMulAttrs>(BatchMatMul, stock => kernelCall => {
  const { backend, inputs, attrs } = kernelCall;
  const { a, b } = inputs;
  const { transposeA, transposeB } = attrs;
  const product = (left: TensorInfo, right: TensorInfo): TensorInfo =>
    stock({ backend, inputs: { a: left, b: right }, attrs: { transposeA: false, transposeB: false } });
  if (transposeA === transposeB || a.shape.length !== 2 || b.shape.length !== 2) return stock(kernelCall);
  const turned = transposed(backend, a);
  const result = transposeA ? product(turned, b) : product(b, turned);
  backend.disposeData(turned.dataId);
  if (transposeA) return result;
  const output = transposed(backend, result);
  backend.disposeData(result.dataId);
  return output;
});

/** Side of the square that is turned at once: reads and writes of one stay in the processor's nearest cache. */
const TILE = 32;

function transposed(backend: BackendWasm, matrix: TensorInfo): TensorInfo {
  const [rows, columns] = matrix.shape as [number, number];
  const turned = backend.makeOutput([columns, rows], 'float32');
  const [from, to] = [floats(backend, matrix), floats(backend, turned)];
  for (let top = 0; top < rows; top += TILE) {
    const bottom = Math.min(rows, top + TILE);
    for (let left = 0; left < columns; left += TILE) {
      const right = Math.min(columns, left + TILE);
      for (let column = left; column < right; column++) {
        for (let row = top; row < bottom; row++)
          to[column * rows + row] = from[row * columns + column] as number;
      }
    }
  }
  return turned;
}
