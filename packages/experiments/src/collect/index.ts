export { collectResults } from './collect.js';
export type { FirstFilters, NetworkPredictions, TestPredictions } from './exhibits.js';
export { collectExhibits, type Exhibits } from './exhibits.js';
export { paperCells, publishedErrors } from './paper-cells.js';
export type { Picture } from './pictures.js';
export type * from './results.js';
