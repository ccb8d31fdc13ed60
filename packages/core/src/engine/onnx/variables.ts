import { elements, type NetworkNode, type Parameter } from '../../network/index.js';
import type { Graph, Value } from './graph/graph.js';
import { plainStorage, type Storage } from './storage.js';

/** A tensor of the state while it is trained: input of the graph, and output once updated. */
export interface Variable {
  /** As in states: `conv1_1.weight`. */
  readonly name: string;
  /** Logical. */
  readonly shape: readonly number[];
  readonly role: Parameter['role'] | 'statistic';
  /** Of a frozen layer: it stays as it is. */
  readonly frozen: boolean;
  /** Before anything was restored. */
  readonly initial: number;
  readonly storage: Storage;
  readonly value: Value;
}

/** A dropout mask that every step brings. */
export interface MaskInput {
  readonly layer: string;
  readonly input: string;
  readonly shape: readonly number[];
  readonly rate: number;
}

export function isTrained({ role, frozen }: Variable): boolean {
  return role !== 'statistic' && !frozen;
}

/** Finds what the network says about one of a node's tensors. */
export function describeVariable(
  node: NetworkNode,
  name: string,
): Omit<Variable, 'storage' | 'value' | 'frozen'> {
  const stateName = `${node.name}.${name}`;
  const parameter = node.parameters.find(candidate => candidate.name === name);
  if (parameter) {
    const { shape, role } = parameter;
    return { name: stateName, shape, role, initial: role === 'scale' ? 1 : 0 };
  }
  const statistic = node.statistics.find(candidate => candidate.name === name);
  if (!statistic) throw new RangeError(`layer "${node.name}" has no tensor "${name}"`);
  return { name: stateName, shape: statistic.shape, role: 'statistic', initial: statistic.initial };
}

/** Where lowerings get a node's tensors from. */
export type VariableSource = (node: NetworkNode, name: string, storage?: Storage) => Value;

/** Variables as inputs of a graph, made when first asked for. `frozen`: names of layers whose own stay as they are. */
export function variableInputs(
  graph: Graph,
  frozen: ReadonlySet<string>,
): {
  readonly source: VariableSource;
  readonly all: ReadonlyMap<string, Variable>;
} {
  const all = new Map<string, Variable>();
  const source: VariableSource = (node, name, storage) => {
    const description = describeVariable(node, name);
    const known = all.get(description.name);
    if (known) return known.value;
    const chosen = storage ?? plainStorage(description.shape);
    const value = graph.input(description.name, chosen.shape);
    all.set(description.name, { ...description, frozen: frozen.has(node.name), storage: chosen, value });
    return value;
  };
  return { source, all };
}

/** A fresh logical tensor. */
export function initialData({ shape, initial }: Variable): Float32Array {
  return new Float32Array(elements(shape)).fill(initial);
}
