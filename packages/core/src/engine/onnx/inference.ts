import { atInput, type Network, nodeNamed, type Shape } from '../../network/index.js';
import type { State } from '../engine.js';
import { emitNetwork } from './emit.js';
import type { Graph, Value } from './graph/graph.js';
import { portablePlan } from './plan.js';
import { logicalData } from './state.js';
import { portable } from './target.js';
import { describeVariable, type VariableSource } from './variables.js';

export interface InferenceOptions {
  readonly batchSize: number;
  readonly inputShape: Shape;
}

/**
 * A trained network in standard operators: weights are constants, so that ONNX Runtime itself folds batch norm into
 * convolutions and picks layouts. Returns the logits, `[batch, classes, 1, 1]`.
 */
export function emitInference(
  graph: Graph,
  network: Network,
  weights: State,
  { batchSize, inputShape }: InferenceOptions,
): Value {
  const resized = atInput(network, inputShape);
  const variables: VariableSource = (node, name, storage) => {
    const own = describeVariable(nodeNamed(network, node.name), name);
    const data = logicalData(weights, own.name, own.shape);
    const { shape } = describeVariable(node, name);
    return graph.constant(storage?.pack(data) ?? data, storage?.shape ?? shape);
  };
  const plan = portablePlan(resized);
  return emitNetwork(resized, plan, {
    graph,
    mode: 'evaluation',
    frozen: { layers: new Set(), transparent: false },
    batchSize,
    variables,
    reorder: portable.reorder,
  }).logits.value;
}
