import { maxPool as pool } from '@tensorflow/tfjs-core';
import type { LayerOfKind } from '../../../network/index.js';
import { type LayerLowering, onlyInput } from '../lowering.js';
import { padded } from '../padding.js';

/** Padding never wins a maximum. A last partial window is dropped, as `valid` does. */
export const maxPool: LayerLowering<LayerOfKind<'maxPool'>> = {
  forward(call) {
    const { size, stride, padding } = call.layer.window;
    const input = padded(onlyInput(call), padding, Number.NEGATIVE_INFINITY);
    return pool(input, [...size], [...stride], 'valid');
  },
};
