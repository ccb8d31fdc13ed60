export { experimentSchema } from './experiment-schema.js';
export { experimentFrom, loadExperiment } from './load-experiment.js';
