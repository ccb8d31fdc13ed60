import { relu as rectify } from '@tensorflow/tfjs-core';
import type { LayerOfKind } from '../../../network/index.js';
import { type LayerLowering, onlyInput } from '../lowering.js';

export const relu: LayerLowering<LayerOfKind<'relu'>> = {
  forward: call => rectify(onlyInput(call)),
};
