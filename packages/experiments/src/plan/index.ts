export { askedEvaluations, protocolSchema } from './asked-evaluations.js';
export { isExperimentFile, runCommand, timeCommand } from './commands.js';
export {
  ASSUMED_GPU,
  gpuHours,
  type ImageCounts,
  processBytes,
  type RunCost,
  runCost,
  totalSeconds,
} from './cost.js';
export {
  ensemblesAt,
  evaluationsAt,
  evaluationsFor,
  evaluationsOf,
  type PlannedEnsemble,
  type PlannedEvaluation,
  planEnsembles,
  planEvaluations,
  usualProtocol,
} from './evaluations.js';
export { planIdentity } from './identity.js';
export { isLook } from './looks.js';
export { overrideProfile } from './override.js';
export {
  dataNamed,
  declaredData,
  type Plan,
  type PlannedData,
  type PlannedRun,
  type PlanRequest,
  planExperiment,
} from './plan.js';
export { expectedCosts, type Recorded } from './recorded-cost.js';
export { type PlanRecord, readPlanRecords, recordPlan } from './records.js';
export { type ResolvedStart, resolveStart } from './start.js';
export { type StepToTime, stepsToTime } from './timed-steps.js';
export { dataSetsOf, settingsOf, type VariantSettings, variantsAt } from './variant-settings.js';
