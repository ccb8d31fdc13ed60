import { version_core } from '@tensorflow/tfjs-core';
import { atInput, mainPath } from '../../network/index.js';
import type { Engine } from '../engine.js';
import { evaluator } from './evaluator.js';
import { lower } from './forward.js';
import { type LayerLowerings, layerLowerings } from './layers/index.js';
import { requiredIn } from './state.js';
import { trainable } from './trainable.js';

/**
 * TensorFlow.js on one of its backends, which must be registered and selected once before. `threads` and `device` are
 * the backend's own affair: `cpu` and `wasm` use one thread, the native ones all.
 */
export function tfjsEngine(
  name: string,
  backend: string,
  lowerings: LayerLowerings = layerLowerings,
): Engine {
  return {
    name,
    version: version_core,
    async build(network, options) {
      return trainable(backend, network, lower(network, name, lowerings), options);
    },
    async evaluator(network, weights, options) {
      const { parameters, statistics } = lower(mainPath(network), name, lowerings);
      const tensors = requiredIn(weights, [...parameters, ...statistics]);
      // The same tensors in the same order, some of other shapes.
      const sized = atInput(network, options.inputShape ?? network.input);
      return evaluator(backend, sized, lower(sized, name, lowerings), tensors, options);
    },
  };
}
