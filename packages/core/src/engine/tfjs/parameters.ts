import { type Tensor as HeldTensor, zeros } from '@tensorflow/tfjs-core';
import { UsageError } from '../../errors/index.js';
import { elements, formatShape, shapesEqual } from '../../network/index.js';
import { momentumName, type State, type Tensor } from '../engine.js';
import type { LoweredNetwork, PlacedParameter } from './forward.js';
import { type Held, heldShape, hold } from './held-tensor.js';

/** Weights of a network as they are held, in the order of its parameters. */
export function holdWeights({ parameters }: LoweredNetwork, state: State): HeldTensor[] {
  const found = parameters.map(parameter => {
    const tensor = state.get(parameter.fullName);
    if (!tensor)
      throw new UsageError(`The state has no "${parameter.fullName}"; expected ${shapeOf(parameter)}.`);
    return checked(parameter.fullName, tensor, parameter);
  });
  return found.map((tensor, i) => hold(tensor, parameters[i]?.axes));
}

/** Velocities of a network as they are held; zero where the state has none. */
export function holdVelocities({ parameters }: LoweredNetwork, state: State): HeldTensor[] {
  const found = parameters.map(parameter => {
    const name = momentumName(parameter.fullName);
    const tensor = state.get(name);
    return tensor && checked(name, tensor, parameter);
  });
  return found.map((tensor, i) => {
    const { axes, shape } = parameters[i] as PlacedParameter;
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
