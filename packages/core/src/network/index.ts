export * from './at-input.js';
export * from './blocks.js';
export * from './content-hash.js';
export * from './counts.js';
export * from './fully-convolutional.js';
export * from './layer-definition.js';
export { BATCH_NORM_EPSILON } from './layers/batch-norm.js';
export {
  definitionOf,
  type Layer,
  type LayerKind,
  type LayerOfKind,
  layerDefinitions,
} from './layers/index.js';
export { connectionMatrix } from './layers/partial-convolution.js';
export * from './network.js';
export * from './paths.js';
export * from './shape.js';
export * from './summary.js';
