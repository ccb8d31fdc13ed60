import { tanh as squash } from '@tensorflow/tfjs-core';
import type { LayerOfKind } from '../../../network/index.js';
import { type LayerLowering, onlyInput } from '../lowering.js';

export const tanh: LayerLowering<LayerOfKind<'tanh'>> = {
  forward: call => squash(onlyInput(call)),
};
