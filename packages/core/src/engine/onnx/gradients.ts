import type { Graph } from './graph/graph.js';
import { add } from './graph/operators.js';
import type { Activation, Gradient, Gradients } from './lowering.js';

export interface GradientLedger extends Gradients {
  /** The sum of what an activation was sent; nothing if no later layer reads it. */
  total(activation: Activation): Gradient | undefined;
}

/** Adds up gradients by the activation's name, for those that `learning` names. */
export function gradientLedger(graph: Graph, learning: ReadonlySet<string>): GradientLedger {
  const sent = new Map<string, Gradient>();
  return {
    wanted: ({ name }) => learning.has(name),
    take({ name }) {
      const value = sent.get(name)?.value;
      sent.delete(name);
      return value;
    },
    add({ name, value: { shape } }, value, gated = false) {
      if (!learning.has(name)) return;
      if (value.shape.join() !== shape.join()) {
        throw new RangeError(`gradient [${value.shape}] of "${name}", whose shape is [${shape}]`);
      }
      const before = sent.get(name);
      const gradient = before
        ? { value: add(graph, before.value, value), gated: before.gated && gated }
        : { value, gated };
      sent.set(name, gradient);
    },
    total: ({ name }) => sent.get(name),
  };
}
