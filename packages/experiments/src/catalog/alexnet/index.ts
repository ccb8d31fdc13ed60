import type { Experiment } from '../experiment.js';
import { alexNetAugmentation } from './augmentation.js';
import { alexNetBias } from './bias.js';
import { alexNetCrops } from './crops.js';
import { alexNetDepth } from './depth.js';
import { alexNetDropout } from './dropout.js';
import { alexNetGroups } from './groups.js';
import { alexNetIlsvrc } from './ilsvrc.js';
import { alexNetLrn } from './lrn.js';
import { alexNetPooling } from './pooling.js';
import { alexNetRelu } from './relu.js';
import { alexNetWeightDecay } from './weight-decay.js';

export const alexNetExperiments: readonly Experiment[] = [
  alexNetRelu,
  alexNetLrn,
  alexNetPooling,
  alexNetGroups,
  alexNetAugmentation,
  alexNetDropout,
  alexNetDepth,
  alexNetBias,
  alexNetWeightDecay,
  alexNetCrops,
  alexNetIlsvrc,
];
