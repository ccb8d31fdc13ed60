import { IMAGE, type Network } from '../../network/index.js';
import { type GradientLedger, gradientLedger } from './gradients.js';
import type { Graph, Value } from './graph/graph.js';
import type { Activation, Emission, Gradient, Layout } from './lowering.js';
import type { Plan, Step, StepInput } from './plan.js';
import type { MaskInput, VariableSource } from './variables.js';

export interface EmitOptions {
  readonly graph: Graph;
  readonly mode: 'training' | 'evaluation';
  readonly batchSize: number;
  readonly variables: VariableSource;
  /** Makes a value in one layout from one in the other. */
  readonly reorder: Reorder;
}

/** `channels`: how many of them are no padding. */
export type Reorder = (graph: Graph, value: Value, channels: number, to: Layout) => Value;

export interface EmittedNetwork {
  readonly image: Value;
  readonly logits: Activation;
  /** Logits of the auxiliary heads, in the network's order. */
  readonly auxiliary: readonly Activation[];
  /** By name of node; those inside a fused step are missing. */
  readonly activations: ReadonlyMap<string, Activation>;
  readonly masks: readonly MaskInput[];
  /** Emits every gradient, from those of the logits and of the auxiliary heads' logits. */
  backward(
    gradient: Value,
    auxiliary?: readonly Value[],
  ): {
    readonly parameters: ReadonlyMap<string, Value>;
    readonly ofActivation: (name: string) => Gradient | undefined;
  };
  /** New values of statistics, by their names in states. */
  readonly statistics: ReadonlyMap<string, Value>;
}

interface TapeEntry {
  readonly activation: Activation;
  readonly emission: Emission;
}

/** Emits a network's forward pass by a plan, and remembers how to go back. */
export function emitNetwork(net: Network, plan: Plan, options: EmitOptions): EmittedNetwork {
  const { graph, batchSize } = options;
  const image = graph.input(IMAGE, [batchSize, ...net.input]);
  const activations = new Map<string, Activation>([
    [IMAGE, { name: IMAGE, value: image, shape: net.input, layout: 'plain' }],
  ]);
  const masks: MaskInput[] = [];
  const tape: TapeEntry[] = [];
  const statistics = new Map<string, Value>();
  const parameters = new Map<string, Value>();
  const gradients = gradientLedger(graph, learningActivations(plan));

  const read = ({ name, layout }: StepInput): Activation => {
    const activation = required(activations, name);
    if (activation.layout === layout) return activation;
    const reordered = activations.get(reorderedName(name));
    if (reordered) return reordered;
    const entry = reorderEntry(graph, options.reorder, activation, gradients);
    activations.set(entry.activation.name, entry.activation);
    tape.push(entry);
    return entry.activation;
  };

  for (const step of plan) {
    const entry = emitStep(step, read, { ...options, gradients, masks, statistics, parameters });
    activations.set(step.end.name, entry.activation);
    tape.push(entry);
  }
  const logits = read({ name: net.nodes.at(-1)?.name ?? IMAGE, layout: 'plain' });
  const heads = (net.auxiliary ?? []).map(head => read({ name: head.logits, layout: 'plain' }));
  return {
    image,
    logits,
    auxiliary: heads,
    activations,
    masks,
    statistics,
    backward(gradient, auxiliary = []) {
      gradients.add(logits, gradient);
      for (const [i, value] of auxiliary.entries()) gradients.add(heads[i] as Activation, value);
      for (const { activation, emission } of tape.toReversed()) {
        const total = gradients.total(activation);
        if (total) emission.backward(total);
      }
      return { parameters, ofActivation: name => gradients.total(required(activations, name)) };
    },
  };
}

interface StepOutputs extends EmitOptions {
  readonly gradients: GradientLedger;
  readonly masks: MaskInput[];
  readonly statistics: Map<string, Value>;
  readonly parameters: Map<string, Value>;
}

function emitStep(
  { node, lowering, inputs, layout, relu, sum, end }: Step,
  read: (input: StepInput) => Activation,
  { graph, mode, batchSize, variables, gradients, masks, statistics, parameters }: StepOutputs,
): TapeEntry {
  const [first, ...rest] = inputs.map(read);
  if (!first) throw new RangeError(`layer "${node.name}" reads nothing`);
  const emission = lowering({
    graph,
    mode,
    batchSize,
    name: node.name,
    layer: node.layer,
    inputs: [first, ...rest],
    output: node.output,
    fused: { relu, ...(sum && { sum: read(sum) }) },
    gradients,
    variable: (name, storage) => variables(node, name, storage),
    parameterGradient: (name, value) => parameters.set(`${node.name}.${name}`, value),
    updateStatistic: (name, value) => statistics.set(`${node.name}.${name}`, value),
    mask(rate) {
      const shape = [batchSize, ...node.output];
      const input = `${node.name}.mask`;
      masks.push({ layer: node.name, input, shape, rate });
      return graph.input(input, shape);
    },
  });
  return { activation: { name: end.name, value: emission.output, shape: end.output, layout }, emission };
}

const reorderedName = (name: string): string => `${name} reordered`;

function reorderEntry(
  graph: Graph,
  reorder: Reorder,
  from: Activation,
  gradients: GradientLedger,
): TapeEntry {
  const layout = from.layout === 'plain' ? 'blocked' : 'plain';
  const value = reorder(graph, from.value, from.shape[0], layout);
  return {
    activation: { name: reorderedName(from.name), value, shape: from.shape, layout },
    emission: {
      output: value,
      backward({ value: gradient, gated }) {
        gradients.add(from, reorder(graph, gradient, from.shape[0], from.layout), gated);
      },
    },
  };
}

/** The names of activations that a parameter lies at or before, reordered ones included. */
function learningActivations(plan: Plan): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { node, inputs, sum, end } of plan) {
    const sources = [...inputs, ...(sum ? [sum] : [])];
    if (node.parameters.length > 0 || sources.some(({ name }) => names.has(name))) {
      names.add(end.name).add(reorderedName(end.name));
    }
  }
  return names;
}

function required(activations: ReadonlyMap<string, Activation>, name: string): Activation {
  const activation = activations.get(name);
  if (!activation) throw new RangeError(`"${name}" is not computed by itself`);
  return activation;
}
