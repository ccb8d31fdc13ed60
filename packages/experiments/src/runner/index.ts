export { type EvaluationContext, ensureEnsembles, ensureEvaluations } from './evaluate-run.js';
export {
  type PlanOutcome,
  type RunnerContext,
  type RunnerEvent,
  type RunOutcome,
  runPlan,
} from './run-plan.js';
