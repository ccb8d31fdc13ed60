import { type Network, type NetworkNode, nodeNamed } from './network.js';

/** The nodes that a node is computed from, itself included, in the network's order. */
export function leadingTo(net: Network, name: string): readonly NetworkNode[] {
  const wanted = new Set([nodeNamed(net, name).name]);
  const found = net.nodes.toReversed().filter(node => {
    if (!wanted.has(node.name)) return false;
    for (const input of node.inputs) wanted.add(input);
    return true;
  });
  return found.toReversed();
}

/** The nodes that the logits are computed from: all but those of auxiliary heads. */
export function mainNodes(net: Network): readonly NetworkNode[] {
  return net.auxiliary ? leadingTo(net, net.nodes.at(-1)?.name ?? '') : net.nodes;
}

/** The network that evaluation sees and papers count: without auxiliary heads. */
export function mainPath(net: Network): Network {
  const { auxiliary, ...rest } = net;
  return auxiliary ? Object.freeze({ ...rest, nodes: Object.freeze(mainNodes(net)) }) : net;
}
