import type { LayerKind, LayerOfKind } from '../../../network/index.js';
import type { LayerLowering } from '../lowering.js';
import { add } from './add.js';
import { averagePool } from './average-pool.js';
import { batchNorm } from './batch-norm.js';
import { channelScale } from './channel-scale.js';
import { concat } from './concat.js';
import { convolution } from './convolution.js';
import { dense } from './dense.js';
import { dropout } from './dropout.js';
import { flatten } from './flatten.js';
import { globalAveragePool } from './global-average-pool.js';
import { localResponseNorm } from './local-response-norm.js';
import { maxPool } from './max-pool.js';
import { paddedShortcut } from './padded-shortcut.js';
import { partialConvolution } from './partial-convolution.js';
import { relu } from './relu.js';
import { scaledTanh } from './scaled-tanh.js';
import { tanh } from './tanh.js';

/** Some layer kinds' lowerings; a network with a kind that has none is refused by name before anything runs. */
export type LayerLowerings = { readonly [K in LayerKind]?: LayerLowering<LayerOfKind<K>> };

/** Every lowering. A new one is a file beside this and a line here. */
export const layerLowerings: LayerLowerings = {
  add,
  averagePool,
  batchNorm,
  channelScale,
  concat,
  convolution,
  dense,
  dropout,
  flatten,
  globalAveragePool,
  localResponseNorm,
  maxPool,
  paddedShortcut,
  partialConvolution,
  relu,
  scaledTanh,
  tanh,
};
