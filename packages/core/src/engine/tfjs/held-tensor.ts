import { clone, type Tensor as HeldTensor, tensor, tidy, transpose } from '@tensorflow/tfjs-core';
import type { Tensor } from '../engine.js';
import { on } from './current-backend.js';

/**
 * A logical tensor as it is held: with its axes in the order `axes`, where given. The values are copied, since backends
 * may keep the array that they are given.
 */
export function hold({ shape, data }: Tensor, axes: readonly number[] | undefined): HeldTensor {
  if (!axes) return tensor(data.slice(), [...shape]);
  return tidy(() => transpose(tensor(data, [...shape]), [...axes]));
}

export interface Held {
  readonly name: string;
  readonly held: HeldTensor;
  readonly axes: readonly number[] | undefined;
}

/** Copies of held tensors in the logical layout, all as they are at the moment of the call. */
export async function download(
  backend: string,
  tensors: readonly Held[],
): Promise<ReadonlyMap<string, Tensor>> {
  const logical = on(backend, () =>
    tensors.map(({ held, axes }) => (axes ? transpose(held, inverse(axes)) : clone(held))),
  );
  try {
    const values = await Promise.all(logical.map(tensor => tensor.data<'float32'>()));
    return new Map(
      tensors.map(({ name }, i) => [
        name,
        { shape: logical[i]?.shape ?? [], data: Float32Array.from(values[i] ?? []) },
      ]),
    );
  } finally {
    for (const tensor of logical) tensor.dispose();
  }
}

/** The shape in which a tensor of a logical shape is held. */
export function heldShape(shape: readonly number[], axes: readonly number[] | undefined): number[] {
  return axes ? axes.map(axis => shape[axis] as number) : [...shape];
}

function inverse(axes: readonly number[]): number[] {
  return axes.map((_, axis) => axes.indexOf(axis));
}
