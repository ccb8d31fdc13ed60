import { mul, tensor4d, transpose } from '@tensorflow/tfjs-core';
import type { LayerOfKind } from '../../../network/index.js';
import { dropoutMask, streamKey } from '../../../random/index.js';
import { type LayerLowering, onlyInput } from '../lowering.js';

/** The mask is drawn in the logical layout, `[count, channels, height, width]`, so that every engine drops the same values. */
export const dropout: LayerLowering<LayerOfKind<'dropout'>> = {
  forward(call) {
    const { layer, name, randomness } = call;
    const input = onlyInput(call);
    if (!randomness || layer.rate === 0) return input;
    const [count, height, width, channels] = input.shape;
    const key = streamKey(randomness.seed, 'dropout', randomness.step, name);
    const mask = tensor4d(dropoutMask(input.size, key, layer.rate), [count, channels, height, width]);
    return mul(input, transpose(mask, [0, 2, 3, 1]));
  },
};
