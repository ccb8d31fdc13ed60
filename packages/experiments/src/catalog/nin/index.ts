import type { Experiment } from '../experiment.js';
import { ninHeads } from './heads.js';

export const ninExperiments: readonly Experiment[] = [ninHeads];
