export { collectResults } from './collect.js';
export type { FirstFilters, NetworkPredictions, Picture, TestPredictions } from './exhibits.js';
export { collectExhibits, type Exhibits } from './exhibits.js';
export { publishedErrors } from './paper-cells.js';
export type * from './results.js';
