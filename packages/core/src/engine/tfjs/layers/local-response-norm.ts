import { localResponseNormalization } from '@tensorflow/tfjs-core';
import type { LayerOfKind } from '../../../network/index.js';
import { type LayerLowering, onlyInput } from '../lowering.js';

/** TensorFlow's form is the paper's: alpha times the plain sum over the channel and `radius` neighbours on each side. */
export const localResponseNorm: LayerLowering<LayerOfKind<'localResponseNorm'>> = {
  forward(call) {
    const { size, k, alpha, beta } = call.layer;
    return localResponseNormalization(onlyInput(call), Math.floor(size / 2), k, alpha, beta);
  },
};
