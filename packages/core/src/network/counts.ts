import { definitionOf } from './layers/index.js';
import { IMAGE, type Network, type NetworkNode } from './network.js';
import { mainNodes } from './paths.js';
import { elements } from './shape.js';

/** Weights and biases; statistics that are not trained do not count, nor do auxiliary heads, as the papers count. */
export function parameterCount(net: Network): number {
  return parametersIn(mainNodes(net));
}

function parametersIn(nodes: readonly NetworkNode[]): number {
  return nodes.reduce((sum, node) => sum + nodeParameterCount(node), 0);
}

export function nodeParameterCount(node: NetworkNode): number {
  return node.parameters.reduce((sum, { shape }) => sum + elements(shape), 0);
}

/** Multiply-adds of one image's forward pass to the logits: convolutions, dense layers and trained sub-sampling. */
export function multiplyAdds(net: Network): number {
  return mainNodes(net).reduce((sum, node) => sum + node.multiplyAdds, 0);
}

/** Height of the input patch that one output value of each node sees, in pixels, by node name. */
export function receptiveFields(net: Network): ReadonlyMap<string, number> {
  const seen = new Map([[IMAGE, { field: 1, jump: 1 }]]);
  for (const node of net.nodes) {
    const inputs = node.inputs.map(name => seen.get(name) ?? { field: 1, jump: 1 });
    const field = Math.max(...inputs.map(input => input.field));
    const jump = Math.max(...inputs.map(input => input.jump));
    const window = definitionOf(node.layer).window?.(node.layer);
    seen.set(
      node.name,
      window
        ? { field: field + (window.size[0] - 1) * jump, jump: jump * window.stride[0] }
        : { field, jump },
    );
  }
  return new Map(net.nodes.map(node => [node.name, seen.get(node.name)?.field ?? 1]));
}

/**
 * Bytes that training holds at least, auxiliary heads included: weights, gradients and one optimizer slot, and every
 * activation with its gradient, in 32-bit floats. Engines need scratch space on top.
 */
export function trainingBytes(net: Network, batchSize: number): number {
  const activations = net.nodes.reduce((sum, node) => sum + elements(node.output), elements(net.input));
  return 4 * (3 * parametersIn(net.nodes) + 2 * batchSize * activations);
}
