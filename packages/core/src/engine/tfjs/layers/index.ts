import type { LayerKind, LayerOfKind } from '../../../network/index.js';
import type { LayerLowering } from '../lowering.js';
import { convolution } from './convolution.js';
import { dense } from './dense.js';
import { dropout } from './dropout.js';
import { flatten } from './flatten.js';
import { localResponseNorm } from './local-response-norm.js';
import { maxPool } from './max-pool.js';
import { relu } from './relu.js';

/** Some layer kinds' lowerings; a network with a kind that has none is refused by name before anything runs. */
export type LayerLowerings = { readonly [K in LayerKind]?: LayerLowering<LayerOfKind<K>> };

/** Every lowering. A new one is a file beside this and a line here. */
export const layerLowerings: LayerLowerings = {
  convolution,
  dense,
  dropout,
  flatten,
  localResponseNorm,
  maxPool,
  relu,
};
