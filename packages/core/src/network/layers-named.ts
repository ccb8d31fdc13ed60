import { UsageError } from '../errors/index.js';
import type { Network, NetworkNode } from './network.js';

/** Whether a name means a layer: its own, or that of its stage (`group1` for `group1.block1.conv1`). */
export function isNamed(node: NetworkNode, name: string): boolean {
  return node.name === name || node.name.startsWith(`${name}.`);
}

/**
 * The layers that names of layers or stages mean, in the network's order.
 * @throws UsageError for a name that fits no layer.
 */
export function layersNamed(net: Network, names: readonly string[]): readonly NetworkNode[] {
  const stray = names.find(name => !net.nodes.some(node => isNamed(node, name)));
  if (stray !== undefined) {
    throw new UsageError(
      `Network ${net.name} has no layer or stage "${stray}"; strata model ${net.name} lists its layers.`,
    );
  }
  return net.nodes.filter(node => names.some(name => isNamed(node, name)));
}
