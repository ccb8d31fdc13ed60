import { fill, type Tensor as HeldTensor } from '@tensorflow/tfjs-core';
import { UsageError } from '../../errors/index.js';
import { elements, formatShape, type Parameter, shapesEqual } from '../../network/index.js';
import { momentumName, type State, type Tensor } from '../engine.js';
import { type Held, heldShape, hold } from './held-tensor.js';

/** A tensor of the state in its network, and how it is held. */
export interface PlacedTensor {
  /** `conv1_1.weight`. */
  readonly fullName: string;
  /** Logical. */
  readonly shape: readonly number[];
  readonly axes: readonly number[] | undefined;
  /** What every element is before anything was restored. */
  readonly initial: number;
}

export interface PlacedParameter extends PlacedTensor {
  readonly role: Parameter['role'];
}

export function velocityOf({ fullName, ...parameter }: PlacedParameter): PlacedTensor {
  return { ...parameter, fullName: momentumName(fullName), initial: 0 };
}

/**
 * Tensors of a state by their places, undefined where it has none.
 * @throws UsageError naming one that has another shape.
 */
export function foundIn(state: State, places: readonly PlacedTensor[]): (Tensor | undefined)[] {
  return places.map(place => {
    const tensor = state.get(place.fullName);
    return tensor && checked(tensor, place);
  });
}

/** @throws UsageError naming a tensor that is missing or has another shape. */
export function requiredIn(state: State, places: readonly PlacedTensor[]): Tensor[] {
  return foundIn(state, places).map((tensor, i) => {
    if (tensor) return tensor;
    const place = places[i] as PlacedTensor;
    throw new UsageError(`The state has no "${place.fullName}"; expected ${shapeOf(place)}.`);
  });
}

/** One tensor a place, as they are held: where none is given, what it is initially. */
export function holdAll(
  places: readonly PlacedTensor[],
  tensors: readonly (Tensor | undefined)[] = [],
): HeldTensor[] {
  return places.map(({ axes, shape, initial }, i) => {
    const tensor = tensors[i];
    return tensor ? hold(tensor, axes) : fill(heldShape(shape, axes), initial);
  });
}

/** Held tensors under the names of their places. */
export function named(places: readonly PlacedTensor[], tensors: readonly HeldTensor[]): Held[] {
  return places.map(({ fullName, axes }, i) => ({ name: fullName, held: tensors[i] as HeldTensor, axes }));
}

/** Held tensors by the names of their places. */
export function byName(
  places: readonly PlacedTensor[],
  tensors: readonly HeldTensor[],
): ReadonlyMap<string, HeldTensor> {
  return new Map(places.map(({ fullName }, i) => [fullName, tensors[i] as HeldTensor]));
}

function checked(tensor: Tensor, place: PlacedTensor): Tensor {
  if (!shapesEqual(tensor.shape, place.shape) || tensor.data.length !== elements(place.shape)) {
    throw new UsageError(
      `The state's "${place.fullName}" is ${formatShape(tensor.shape)} with ${tensor.data.length} values; expected ${shapeOf(place)}.`,
    );
  }
  return tensor;
}

function shapeOf({ shape }: PlacedTensor): string {
  return `a tensor of ${formatShape(shape)}`;
}
