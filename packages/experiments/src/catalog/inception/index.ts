import type { Experiment } from '../experiment.js';
import { inceptionBottleneck } from './bottleneck.js';
import { inceptionCrops } from './crops.js';
import { inceptionHeads } from './heads.js';

export const inceptionExperiments: readonly Experiment[] = [
  inceptionBottleneck,
  inceptionHeads,
  inceptionCrops,
];
