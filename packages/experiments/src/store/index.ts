export { makeFolder, type OnWriteStage, type WriteStage, writeAtomically } from './atomic.js';
export {
  type Attempt,
  type AttemptOptions,
  beginAttempt,
  recordFailure,
} from './attempt.js';
export { type CleanRequest, findLitter, type Litter, removeLitter } from './clean.js';
export { writing } from './documents.js';
export {
  type BatchFiles,
  batchesFolder,
  batchFiles,
  evaluationFile,
  OUTPUT_END,
  planFile,
  plansFolder,
  type RunFiles,
  reportsFolder,
  runFiles,
} from './files.js';
export { findRun, readRun } from './find-run.js';
export * from './ids.js';
export { type Holder, holderOf, LeaseLost } from './lease.js';
export { type LeaseTimes, type LeaseWatch, leaseWatch, usualLeaseTimes } from './lease-watch.js';
export { listRuns, runIds, type StoredRun } from './list-runs.js';
export { appendLog } from './log.js';
export { isGone, type ProcessIdentity, thisProcess } from './process-identity.js';
export { readTensor } from './read-tensor.js';
export * from './run.js';
export { describeHolder, hasDamagedResult, type RunStatus, runStatus } from './status.js';
export * from './store.js';
export { addTensorboardFile } from './tensorboard-file.js';
export { readTimings, type TimedStep, type Timing, writeTiming } from './timings.js';
export { keepWeightFile, readWeightFile, weightFileSha256 } from './weight-files.js';
