import { decayOf, type Optimizer } from '../engine.js';
import type { Graph, Value } from './graph/graph.js';
import { add, multiply, subtract } from './graph/operators.js';
import type { Variable } from './variables.js';

export interface Update {
  readonly value: Value;
  readonly velocity: Value;
}

/** Emits one step of gradient descent for a parameter; `engine.ts` has the formulas. */
export function descend(
  graph: Graph,
  optimizer: Optimizer,
  { value, role }: Variable,
  gradient: Value,
  velocity: Value,
  learningRate: Value,
): Update {
  const { form, momentum, nesterov } = optimizer;
  const decay = role === 'statistic' ? 0 : decayOf(optimizer, role);
  const slope = decay > 0 ? add(graph, gradient, multiply(graph, value, decay)) : gradient;
  const kept = multiply(graph, velocity, momentum);
  if (form === 'scaled-velocity') {
    const step = multiply(graph, slope, learningRate);
    const next = subtract(graph, kept, step);
    const move = nesterov ? subtract(graph, multiply(graph, next, momentum), step) : next;
    return { value: add(graph, value, move), velocity: next };
  }
  const next = add(graph, kept, slope);
  const move = nesterov ? add(graph, slope, multiply(graph, next, momentum)) : next;
  return { value: subtract(graph, value, multiply(graph, move, learningRate)), velocity: next };
}
