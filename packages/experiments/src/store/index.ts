export { writeAtomically } from './atomic.js';
export { evaluationFile, type RunFiles, reportsFolder, runFiles } from './files.js';
export * from './ids.js';
export * from './run.js';
export * from './store.js';
