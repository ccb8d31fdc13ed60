export { calibrate } from './calibrate.js';
export type { EngineSpeed } from './engine-speed.js';
export { buildSeconds, evaluatorSeconds, inferenceSeconds, stepSeconds } from './step-seconds.js';
export { usualSpeed } from './usual-speed.js';
