import { elements } from '../../network/index.js';

/** The values of a tensor with its axes in another order: axis i of the result is axis `order[i]` of the original. */
export function permuted(
  data: Float32Array,
  shape: readonly number[],
  order: readonly number[],
): Float32Array {
  const strides = shape.map((_, axis) => elements(shape.slice(axis + 1)));
  const sizes = order.map(axis => shape[axis] ?? 1);
  const out = new Float32Array(data.length);
  const at = sizes.map(() => 0);
  for (let i = 0; i < out.length; i++) {
    out[i] = data[
      at.reduce((sum, place, axis) => sum + place * (strides[order[axis] ?? 0] ?? 1), 0)
    ] as number;
    for (let axis = at.length - 1; axis >= 0; axis--) {
      const next = (at[axis] ?? 0) + 1;
      at[axis] = next < (sizes[axis] ?? 1) ? next : 0;
      if (next < (sizes[axis] ?? 1)) break;
    }
  }
  return out;
}
