import { BatchMatMul, type BatchMatMulAttrs, Transpose } from '@tensorflow/tfjs-core';
import { call, wasmKernel } from './kernel-call.js';

/**
 * The stock kernel is a plain loop where an operand is transposed, ten times slower than its product of matrices as
 * they are; transposing first costs little. Stacks of matrices are left to it.
 */
export const batchMatMul = wasmKernel<'a' | 'b', BatchMatMulAttrs>(
  BatchMatMul,
  stock =>
    ({ backend, inputs, attrs }) => {
      const { transposeA, transposeB } = attrs;
      const stacked = inputs.a.shape.length !== 2 || inputs.b.shape.length !== 2;
      if (stacked || !(transposeA || transposeB)) return stock({ backend, inputs, attrs });
      const perm = { perm: [1, 0] };
      const a = transposeA ? call(backend, Transpose, { x: inputs.a }, perm) : inputs.a;
      const b = transposeB ? call(backend, Transpose, { x: inputs.b }, perm) : inputs.b;
      const product = stock({ backend, inputs: { a, b }, attrs: { transposeA: false, transposeB: false } });
      if (transposeA) backend.disposeData(a.dataId);
      if (transposeB) backend.disposeData(b.dataId);
      return product;
    },
);
