import { mean, type Tensor4D } from '@tensorflow/tfjs-core';
import type { LayerOfKind } from '../../../network/index.js';
import { type LayerLowering, onlyInput } from '../lowering.js';

export const globalAveragePool: LayerLowering<LayerOfKind<'globalAveragePool'>> = {
  forward: call => mean<Tensor4D>(onlyInput(call), [1, 2], true),
};
