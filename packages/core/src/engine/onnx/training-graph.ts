import { elements, type Network } from '../../network/index.js';
import { momentumName, type Optimizer } from '../engine.js';
import { type EmittedNetwork, emitNetwork, type Reorder } from './emit.js';
import { createGraph, type Graph, type Value } from './graph/graph.js';
import { mean, multiply, reshape, squareRoot, subtract, sum } from './graph/operators.js';
import { type Loss, softmaxCrossEntropy } from './loss.js';
import type { Activation } from './lowering.js';
import { descend } from './optimizer.js';
import type { Plan } from './plan.js';
import { isTrained, type MaskInput, type Variable, variableInputs } from './variables.js';

/** Names of inputs and outputs beside the variables' and the masks' own. */
export const LABELS = 'labels';
export const LEARNING_RATE = 'learning rate';
export const LOSS = 'loss';
export const CORRECT = 'correct';
export const updatedName = (variable: string): string => `${variable} updated`;
export const gradientName = (variable: string): string => `${variable} gradient`;
export const probeName = (layer: string): string => `${layer} statistics`;

export interface CompiledGraph {
  readonly file: Uint8Array;
  readonly variables: readonly Variable[];
  readonly masks: readonly MaskInput[];
}

export interface TrainingGraphOptions {
  readonly network: Network;
  readonly plan: Plan;
  readonly reorder: Reorder;
  readonly batchSize: number;
}

interface Pass {
  readonly graph: Graph;
  readonly emitted: EmittedNetwork;
  readonly loss: Loss;
  readonly variables: ReadonlyMap<string, Variable>;
  readonly gradients: ReturnType<EmittedNetwork['backward']>;
}

/** Forward, loss and backward: what every graph of this file begins with. */
function emitPass({ network, plan, reorder, batchSize }: TrainingGraphOptions): Pass {
  const graph = createGraph();
  const { source, all } = variableInputs(graph);
  const emitted = emitNetwork(network, plan, {
    graph,
    mode: 'training',
    batchSize,
    variables: source,
    reorder,
  });
  const labels = graph.input(LABELS, [batchSize], 'int64');
  const loss = softmaxCrossEntropy(graph, emitted.logits.value, labels);
  graph.output(LOSS, loss.loss);
  const auxiliary = (network.auxiliary ?? []).map(
    ({ weight }, i) =>
      softmaxCrossEntropy(graph, (emitted.auxiliary[i] as Activation).value, labels, weight).gradient,
  );
  return { graph, emitted, loss, variables: all, gradients: emitted.backward(loss.gradient, auxiliary) };
}

function compiled({ graph, variables, emitted }: Pass): CompiledGraph {
  return { file: graph.finish(), variables: [...variables.values()], masks: emitted.masks };
}

/** A whole training step: the variables and velocities in, the same updated out, with loss and correct count. */
export function stepGraph(options: TrainingGraphOptions, optimizer: Optimizer): CompiledGraph {
  const pass = emitPass(options);
  const { graph, emitted, variables, gradients } = pass;
  graph.output(CORRECT, pass.loss.correct);
  const learningRate = graph.input(LEARNING_RATE, []);
  for (const variable of variables.values()) {
    const { name, storage } = variable;
    if (!isTrained(variable)) {
      graph.output(updatedName(name), emitted.statistics.get(name) ?? variable.value);
      continue;
    }
    const slot = momentumName(name);
    const velocity = graph.input(slot, storage.shape);
    const gradient = required(gradients.parameters, name);
    const next = descend(graph, optimizer, variable, gradient, velocity, learningRate);
    graph.output(updatedName(name), next.value);
    graph.output(updatedName(slot), next.velocity);
  }
  return compiled(pass);
}

/** Loss and the gradient of every parameter. */
export function gradientsGraph(options: TrainingGraphOptions): CompiledGraph {
  const pass = emitPass(options);
  for (const variable of pass.variables.values()) {
    if (!isTrained(variable)) continue;
    const { name } = variable;
    pass.graph.output(gradientName(name), required(pass.gradients.parameters, name));
  }
  return compiled(pass);
}

/** For each layer named, `[mean, deviation, gradient norm]` of its output over the batch. */
export function probeGraph(options: TrainingGraphOptions, layers: readonly string[]): CompiledGraph {
  const pass = emitPass(options);
  const { graph, emitted, gradients } = pass;
  for (const name of layers) {
    const activation = emitted.activations.get(name);
    if (!activation) throw new RangeError(`"${name}" is not computed by itself`);
    const { shape, layout } = activation;
    const flat = (value: Value): Value => {
      const plain = layout === 'plain' ? value : options.reorder(graph, value, shape[0], 'plain');
      return reshape(graph, plain, [elements(plain.shape)]);
    };
    const values = flat(activation.value);
    const gradient = gradients.ofActivation(name);
    const center = mean(graph, values, [0], { keep: true });
    const spread = rootOf(graph, mean, subtract(graph, values, center));
    const norm = gradient ? rootOf(graph, sum, flat(gradient.value)) : multiply(graph, center, 0);
    const statistics = graph.apply(
      'Concat',
      [center, spread, norm],
      { shape: [3] },
      { attributes: { axis: 0 } },
    );
    graph.output(probeName(name), statistics);
  }
  return compiled(pass);
}

function rootOf(graph: Graph, reduce: typeof sum, values: Value): Value {
  return squareRoot(graph, reduce(graph, multiply(graph, values, values), [0], { keep: true }));
}

function required(values: ReadonlyMap<string, Value>, name: string): Value {
  const value = values.get(name);
  if (!value) throw new RangeError(`no gradient reached "${name}"`);
  return value;
}
