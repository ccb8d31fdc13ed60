import { avgPool } from '@tensorflow/tfjs-core';
import type { LayerOfKind } from '../../../network/index.js';
import { type LayerLowering, onlyInput } from '../lowering.js';
import { padded } from '../padding.js';

/** Padding is put on beforehand: TensorFlow's own would not count in the divisor. */
export const averagePool: LayerLowering<LayerOfKind<'averagePool'>> = {
  forward(call) {
    const { size, stride, padding } = call.layer.window;
    return avgPool(padded(onlyInput(call), padding, 0), [...size], [...stride], 'valid');
  },
};
