export type * from './experiment.js';
export { profileNames } from './experiment.js';
