import type { Experiment } from '../experiment.js';
import { resnetDegradation } from './degradation.js';
import { resnetDepth } from './depth.js';
import { resnetResponses } from './responses.js';
import { resnetShortcuts } from './shortcuts.js';
import { resnetWarmup } from './warmup.js';

export const resnetExperiments: readonly Experiment[] = [
  resnetDegradation,
  resnetDepth,
  resnetShortcuts,
  resnetWarmup,
  resnetResponses,
];
