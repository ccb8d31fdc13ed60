import { concat as join, type Tensor4D } from '@tensorflow/tfjs-core';
import type { LayerOfKind } from '../../../network/index.js';
import type { LayerLowering } from '../lowering.js';

export const concat: LayerLowering<LayerOfKind<'concat'>> = {
  forward: ({ inputs }) => join<Tensor4D>([...inputs], 3),
};
