export { reportFolder, resultsIdentity } from './names.js';
export { writeIndex, writtenReports } from './write-index.js';
export { type WrittenReport, writeReport } from './write-report.js';
