import type { Experiment } from '../experiment.js';
import { transferFreeze } from './freeze.js';

export const transferExperiments: readonly Experiment[] = [transferFreeze];
