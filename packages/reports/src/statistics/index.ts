export * from './mean.js';
export * from './pairs-needed.js';
export * from './t-interval.js';
