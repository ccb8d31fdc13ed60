import { add, mul, sub, type Tensor } from '@tensorflow/tfjs-core';
import type { Parameter } from '../../network/index.js';
import { decayOf, type Optimizer } from '../engine.js';

export interface Update {
  readonly weight: Tensor;
  readonly velocity: Tensor;
}

/** One parameter after one step of gradient descent, in the optimizer's form. */
export function updated(
  optimizer: Optimizer,
  learningRate: number,
  role: Parameter['role'],
  { weight, velocity, gradient }: Update & { readonly gradient: Tensor },
): Update {
  const { form, momentum, nesterov } = optimizer;
  const decay = decayOf(optimizer, role);
  const decayed = decay > 0 ? add(gradient, mul(weight, decay)) : gradient;
  if (form === 'scaled-velocity') {
    const move = mul(decayed, learningRate);
    const next = sub(mul(velocity, momentum), move);
    const step = nesterov ? sub(mul(next, momentum), move) : next;
    return { weight: add(weight, step), velocity: next };
  }
  const next = add(mul(velocity, momentum), decayed);
  const step = nesterov ? add(decayed, mul(next, momentum)) : next;
  return { weight: sub(weight, mul(step, learningRate)), velocity: next };
}
