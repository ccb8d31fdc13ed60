export { reportFolder, resultsIdentity } from './names.js';
export { type WrittenReport, writeReport } from './write-report.js';
