import type { Experiment } from '../experiment.js';
import { vggCrops } from './crops.js';
import { vggDepth } from './depth.js';
import { vggFilters } from './filters.js';
import { vggFusion } from './fusion.js';
import { vggIlsvrc } from './ilsvrc.js';
import { vggInit } from './init.js';
import { vggLrn } from './lrn.js';
import { vggTestScale } from './test-scale.js';
import { vggTrainScale } from './train-scale.js';
import { vggTransfer } from './transfer.js';

/** In the order of the paper. */
export const vggExperiments: readonly Experiment[] = [
  vggLrn,
  vggDepth,
  vggFilters,
  vggTrainScale,
  vggTestScale,
  vggCrops,
  vggFusion,
  vggInit,
  vggIlsvrc,
  vggTransfer,
];
