import { reshape, transpose } from '@tensorflow/tfjs-core';
import type { LayerOfKind } from '../../../network/index.js';
import { type LayerLowering, onlyInput } from '../lowering.js';

/** Channels are slowest in the logical vector and fastest in the maps held here, hence the transposition. */
export const flatten: LayerLowering<LayerOfKind<'flatten'>> = {
  forward(call) {
    const input = onlyInput(call);
    const [count, height, width, channels] = input.shape;
    return reshape(transpose(input, [0, 3, 1, 2]), [count, 1, 1, height * width * channels]);
  },
};
