export { collectResults } from './collect.js';
export { publishedErrors } from './paper-cells.js';
export type * from './results.js';
