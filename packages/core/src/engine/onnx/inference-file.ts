import type { Network } from '../../network/index.js';
import type { State } from '../engine.js';
import { createGraph, type Graph } from './graph/graph.js';
import { ANY } from './graph/model-file.js';
import { reshape } from './graph/operators.js';
import { emitInference } from './inference.js';

/**
 * A trained network as an ONNX file of standard operators: `image` in, `[batch, channels, height, width]`, preprocessed
 * as in training; `logits` out, `[batch, classes]`; any number of images at a time.
 */
export function inferenceFile(network: Network, weights: State): Uint8Array {
  const graph = createGraph();
  const options = { batchSize: PLACEHOLDER, inputShape: network.input };
  const free = withFreeBatch(graph);
  const logits = emitInference(free, network, weights, options);
  free.output('logits', reshape(free, logits, [PLACEHOLDER, network.classes]));
  return graph.finish();
}

/** Stands for the number of images while the graph is made: no layer has so many of anything. */
const PLACEHOLDER = 7_368_787;

/** In the target of an ONNX `Reshape`: as in the input. */
const AS_BEFORE = 0;

/** The same graph, but its inputs, outputs and reshapes leave the number of images open. */
function withFreeBatch(graph: Graph): Graph {
  const open = (shape: readonly number[], as: number): readonly number[] =>
    shape[0] === PLACEHOLDER ? [as, ...shape.slice(1)] : shape;
  return {
    ...graph,
    input(name, shape, type) {
      return { ...graph.input(name, open(shape, ANY), type), shape };
    },
    apply(operator, inputs, result, options) {
      if (operator !== 'Reshape') return graph.apply(operator, inputs, result, options);
      const target = graph.integers(open(result.shape, AS_BEFORE));
      return graph.apply(operator, [inputs[0], target], result, options);
    },
    output(name, value) {
      graph.output(name, { ...value, shape: open(value.shape, ANY) });
    },
  };
}
