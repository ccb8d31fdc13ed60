import type { Experiment } from '../experiment.js';
import { wrnBlocks } from './blocks.js';
import { wrnComparison } from './comparison.js';
import { wrnConvsPerBlock } from './convs-per-block.js';
import { wrnDropout } from './dropout.js';
import { wrnImageNet } from './imagenet.js';
import { wrnPreprocessing } from './preprocessing.js';
import { wrnSchedule } from './schedule.js';
import { wrnSpeed } from './speed.js';
import { wrnWidth } from './width.js';

export const wrnExperiments: readonly Experiment[] = [
  wrnBlocks,
  wrnConvsPerBlock,
  wrnWidth,
  wrnDropout,
  wrnComparison,
  wrnPreprocessing,
  wrnSchedule,
  wrnSpeed,
  wrnImageNet,
];
