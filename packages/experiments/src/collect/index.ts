export { collectResults } from './collect.js';
export type * from './results.js';
