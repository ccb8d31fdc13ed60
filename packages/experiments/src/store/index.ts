export { writeAtomically } from './atomic.js';
export {
  evaluationFile,
  planFile,
  plansFolder,
  type RunFiles,
  reportsFolder,
  runFiles,
  runsFolder,
} from './files.js';
export * from './ids.js';
export { findRun, listRuns, readRun } from './list-runs.js';
export { readTensor } from './read-tensor.js';
export * from './run.js';
export * from './store.js';
