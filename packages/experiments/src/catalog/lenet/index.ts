import type { Experiment } from '../experiment.js';
import { leNetDataSize } from './data-size.js';
import { leNetMnist } from './mnist.js';

export const leNetExperiments: readonly Experiment[] = [leNetMnist, leNetDataSize];
