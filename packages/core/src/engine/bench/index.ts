export * from './benchmark.js';
export { startRunner } from './child-runner.js';
export * from './contenders.js';
export * from './convolution-speed.js';
export * from './measure.js';
export * from './nets.js';
export type { StepTask } from './step-task.js';
