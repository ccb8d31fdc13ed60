export type { CheckpointPace } from './checkpoint-clock.js';
export { type EvaluationContext, ensureEnsembles, ensureEvaluations } from './evaluate-run.js';
export * from './executors/index.js';
export type { Job, JobContext, JobEvent, JobOutcome } from './perform-job.js';
export { type RunnerContext, runPlan } from './run-plan.js';
export type { PlanOutcome, RunnerEvent, RunOutcome } from './runner-event.js';
