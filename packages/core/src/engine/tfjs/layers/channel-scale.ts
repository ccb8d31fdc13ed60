import { add, mul } from '@tensorflow/tfjs-core';
import type { LayerOfKind } from '../../../network/index.js';
import { type LayerLowering, onlyInput } from '../lowering.js';

/** Channels are last, where a vector is repeated over everything before. */
export const channelScale: LayerLowering<LayerOfKind<'channelScale'>> = {
  forward: call => add(mul(onlyInput(call), call.tensor('weight')), call.tensor('bias')),
};
