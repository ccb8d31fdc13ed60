import type { Lowerings } from '../lowering.js';
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

/** Layer kinds in standard ONNX operators, which any execution provider may run. */
export const portableLowerings: Partial<Lowerings> = {
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
