export { askedEvaluations, protocolSchema } from './asked-evaluations.js';
export { isExperimentFile, runCommand, timeCommand } from './commands.js';
export {
  ASSUMED_GPU,
  gpuHours,
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
  type Plan,
  type PlannedRun,
  type PlanRequest,
  planExperiment,
} from './plan.js';
export { dataNamed, declaredData, imagesNeeded, type PlannedData, plannedData } from './planned-data.js';
export { expectedCosts, type Recorded } from './recorded-cost.js';
export { type PlanRecord, readPlanRecords, recordPlan } from './records.js';
export { type ResolvedStart, resolveStart } from './start.js';
export { type StepToTime, stepsToTime } from './timed-steps.js';
export { dataSetsOf, settingsOf, type VariantSettings, variantsAt } from './variant-settings.js';
