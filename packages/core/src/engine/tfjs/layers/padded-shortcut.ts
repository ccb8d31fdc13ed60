import { avgPool, pad } from '@tensorflow/tfjs-core';
import type { LayerOfKind } from '../../../network/index.js';
import { type LayerLowering, onlyInput } from '../lowering.js';

/** Every `stride`-th pixel is the mean of a window of one. */
export const paddedShortcut: LayerLowering<LayerOfKind<'paddedShortcut'>> = {
  forward(call) {
    const { stride, channels } = call.layer;
    const input = onlyInput(call);
    const seen = stride === 1 ? input : avgPool(input, 1, stride, 'valid');
    return pad(seen, [
      [0, 0],
      [0, 0],
      [0, 0],
      [0, channels - input.shape[3]],
    ]);
  },
};
