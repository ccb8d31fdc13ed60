export {
  areTrained,
  type EnsuredEvaluation,
  type EvaluationContext,
  ensureEnsembles,
  ensureEvaluation,
  ensureEvaluations,
} from './evaluate-run.js';
export {
  type PlanOutcome,
  type RunnerContext,
  type RunnerEvent,
  type RunOutcome,
  runPlan,
} from './run-plan.js';
