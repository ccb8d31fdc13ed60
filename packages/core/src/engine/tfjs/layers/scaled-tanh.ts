import { mul, tanh as squash } from '@tensorflow/tfjs-core';
import type { LayerOfKind } from '../../../network/index.js';
import { type LayerLowering, onlyInput } from '../lowering.js';

export const scaledTanh: LayerLowering<LayerOfKind<'scaledTanh'>> = {
  forward: call => mul(squash(mul(onlyInput(call), call.layer.slope)), call.layer.amplitude),
};
