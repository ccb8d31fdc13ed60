import type { Tensor as RuntimeTensor } from 'onnxruntime-node';
import { UsageError } from '../../errors/index.js';
import { elements, formatShape, shapesEqual } from '../../network/index.js';
import { momentumName, type State, type Tensor } from '../engine.js';
import { floatsOf, floatTensor, type Runtime } from './runtime.js';
import { initialData, isTrained, type Variable } from './variables.js';

/** Variables and velocities, by name, as the graph stores them. */
export type StoredState = Map<string, RuntimeTensor>;

interface Slot {
  readonly name: string;
  readonly variable: Variable;
  /** What it holds when a state lacks it; a parameter may not be lacking. */
  readonly fallback?: () => Float32Array;
}

function slotsOf(variable: Variable): readonly Slot[] {
  const { name, shape } = variable;
  if (variable.role === 'statistic') return [{ name, variable, fallback: () => initialData(variable) }];
  if (!isTrained(variable)) return [{ name, variable }];
  const zeros = (): Float32Array => new Float32Array(elements(shape));
  return [
    { name, variable },
    { name: momentumName(name), variable, fallback: zeros },
  ];
}

/** Where every training starts: scales and variances one, everything else zero. */
export function initialState(runtime: Runtime, variables: readonly Variable[]): StoredState {
  return mapSlots(variables, ({ variable, fallback = () => initialData(variable) }) =>
    store(runtime, variable, fallback()),
  );
}

/** @throws UsageError where a parameter is missing or has another shape. */
export function packState(runtime: Runtime, variables: readonly Variable[], state: State): StoredState {
  return mapSlots(variables, ({ name, variable, fallback }) =>
    store(runtime, variable, logicalData(state, name, variable.shape, fallback)),
  );
}

function mapSlots(variables: readonly Variable[], tensorOf: (slot: Slot) => RuntimeTensor): StoredState {
  return new Map(variables.flatMap(slotsOf).map(slot => [slot.name, tensorOf(slot)]));
}

function store(runtime: Runtime, { storage }: Variable, logical: Float32Array): RuntimeTensor {
  return floatTensor(runtime, storage.pack(logical), storage.shape);
}

export function logicalData(
  state: State,
  name: string,
  shape: readonly number[],
  fallback?: () => Float32Array,
): Float32Array {
  const tensor = state.get(name);
  if (!tensor) {
    if (fallback) return fallback();
    throw new UsageError(
      `The state lacks "${name}" [${formatShape(shape)}]; restore one of the same network.`,
    );
  }
  if (!shapesEqual(tensor.shape, shape) || tensor.data.length !== elements(shape)) {
    throw new UsageError(
      `"${name}" is ${formatShape(tensor.shape)} in the state; the network expects ${formatShape(shape)}.`,
    );
  }
  return tensor.data;
}

export function unpackState(variables: readonly Variable[], stored: StoredState): State {
  const slots = variables.flatMap(slotsOf);
  return new Map(
    slots.map(({ name, variable }) => [name, unpackTensor(variable, floatsOf(stored.get(name)))]),
  );
}

export function unpackTensor({ shape, storage }: Variable, stored: Float32Array): Tensor {
  return { shape, data: storage.unpack(stored) };
}
