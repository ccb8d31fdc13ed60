export * from './claim-columns.js';
export * from './columns.js';
export * from './curve-columns.js';
export * from './evaluation-columns.js';
export * from './run-columns.js';
export * from './timing-columns.js';
export * from './variant-columns.js';
export * from './write-csv.js';
