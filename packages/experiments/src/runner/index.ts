export type { CheckpointPace } from './checkpoint-clock.js';
export {
  areTrained,
  type EnsuredEvaluation,
  type EvaluationContext,
  ensureEnsemble,
  ensureEvaluation,
  ensureEvaluations,
} from './evaluate-run.js';
export * from './executors/index.js';
export {
  classifyFeatures,
  type FeatureRequest,
  featuresOfRun,
  type LinearErrors,
} from './features-of-run.js';
export { orderRuns, type RunOrder } from './order.js';
export type { Job, JobContext, JobEvent, JobOutcome } from './perform-job.js';
export { fitToTraining } from './prepare.js';
export { type RunnerContext, runPlan } from './run-plan.js';
export type { PlanOutcome, RunnerEvent, RunOutcome } from './runner-event.js';
export { knownSpeed, speedHere } from './speed-here.js';
export { sweepSeconds } from './sweep-seconds.js';
export { type TimeStepsOptions, TURN_SECONDS, timeSteps } from './time-steps.js';
