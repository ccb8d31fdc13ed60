import { add as sum } from '@tensorflow/tfjs-core';
import type { LayerOfKind } from '../../../network/index.js';
import type { LayerLowering } from '../lowering.js';

export const add: LayerLowering<LayerOfKind<'add'>> = {
  forward: ({ inputs }) => inputs.reduce((total, input) => sum(total, input)),
};
