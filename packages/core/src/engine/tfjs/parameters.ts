import { type Tensor as HeldTensor, zeros } from '@tensorflow/tfjs-core';
import { UsageError } from '../../errors/index.js';
import { elements, formatShape, shapesEqual } from '../../network/index.js';
import { momentumName, type State, type Tensor } from '../engine.js';
import type { LoweredNetwork, PlacedParameter } from './forward.js';
import { type Held, heldShape, hold } from './held-tensor.js';

/**
 * A network's weights in a state, in the order of its parameters.
 * @throws UsageError naming a parameter that is missing or has another shape.
 */
export function weightsIn(state: State, { parameters }: LoweredNetwork): Tensor[] {
  return parameters.map(parameter => {
    const tensor = state.get(parameter.fullName);
    if (!tensor)
      throw new UsageError(`The state has no "${parameter.fullName}"; expected ${shapeOf(parameter)}.`);
    return checked(parameter.fullName, tensor, parameter);
  });
}

/**
 * A network's velocities in a state; undefined where the state has none.
 * @throws UsageError naming one that has another shape than its parameter.
 */
export function velocitiesIn(state: State, { parameters }: LoweredNetwork): (Tensor | undefined)[] {
  return parameters.map(parameter => {
    const name = momentumName(parameter.fullName);
    const tensor = state.get(name);
    return tensor && checked(name, tensor, parameter);
  });
}

/** One tensor a parameter, as they are held: zero where none is given. */
export function holdAll(
  { parameters }: LoweredNetwork,
  tensors: readonly (Tensor | undefined)[] = [],
): HeldTensor[] {
  return parameters.map(({ axes, shape }, i) => {
    const tensor = tensors[i];
    return tensor ? hold(tensor, axes) : zeros(heldShape(shape, axes));
  });
}

/** Tensors in the order of the network's parameters, under the names that `nameOf` makes of theirs. */
export function named(
  { parameters }: LoweredNetwork,
  tensors: readonly HeldTensor[],
  nameOf: (fullName: string) => string = fullName => fullName,
): Held[] {
  return parameters.map(({ fullName, axes }, i) => ({
    name: nameOf(fullName),
    held: tensors[i] as HeldTensor,
    axes,
  }));
}

function checked(name: string, tensor: Tensor, parameter: PlacedParameter): Tensor {
  if (!shapesEqual(tensor.shape, parameter.shape) || tensor.data.length !== elements(parameter.shape)) {
    throw new UsageError(
      `The state's "${name}" is ${formatShape(tensor.shape)} with ${tensor.data.length} values; expected ${shapeOf(parameter)}.`,
    );
  }
  return tensor;
}

function shapeOf({ shape }: PlacedParameter): string {
  return `a tensor of ${formatShape(shape)}`;
}
