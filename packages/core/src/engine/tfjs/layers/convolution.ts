import { add, concat, conv2d, split, type Tensor4D } from '@tensorflow/tfjs-core';
import type { LayerOfKind, Window } from '../../../network/index.js';
import { type LayerLowering, onlyInput } from '../lowering.js';
import { padded } from '../padding.js';

/** Filters are held as `[height, width, channels / groups, filters]`. */
export const convolution: LayerLowering<LayerOfKind<'convolution'>> = {
  heldAxes: { weight: [2, 3, 1, 0] },
  forward(call) {
    const { layer, tensor } = call;
    const { window, groups } = layer;
    // The gradients of tfjs-node know `same` and `valid` only; any other padding is put on beforehand.
    const same = keepsSize(window);
    const input = same ? onlyInput(call) : padded(onlyInput(call), window.padding, 0);
    const convolve = (maps: Tensor4D, filters: Tensor4D): Tensor4D =>
      conv2d(maps, filters, [...window.stride], same ? 'same' : 'valid');
    const filters = tensor('weight') as Tensor4D;
    const output = groups === 1 ? convolve(input, filters) : grouped(convolve, input, filters, groups);
    return layer.bias ? add(output, tensor('bias')) : output;
  },
};

/** Whether the padding is what TensorFlow calls `same`: equal on both sides, and the map keeps its size. */
function keepsSize({ size, stride, padding }: Window): boolean {
  const [vertical, horizontal] = [(size[0] - 1) / 2, (size[1] - 1) / 2];
  const wanted = [vertical, vertical, horizontal, horizontal];
  return stride.every(pixels => pixels === 1) && padding.every((pixels, side) => pixels === wanted[side]);
}

function grouped(
  convolve: (maps: Tensor4D, filters: Tensor4D) => Tensor4D,
  input: Tensor4D,
  filters: Tensor4D,
  groups: number,
): Tensor4D {
  const maps = split<Tensor4D>(input, groups, 3);
  const kernels = split<Tensor4D>(filters, groups, 3);
  return concat<Tensor4D>(
    maps.map((map, group) => convolve(map, kernels[group] as Tensor4D)),
    3,
  );
}
