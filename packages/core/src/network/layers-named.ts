import { UsageError } from '../errors/index.js';
import type { Network, NetworkNode } from './network.js';

/**
 * The layers that a list of names means: a layer's own name, or that of a stage for all in it (`group1` for
 * `group1.block1.conv1`), in the network's order.
 * @throws UsageError for a name that fits no layer.
 */
export function layersNamed(net: Network, names: readonly string[]): readonly NetworkNode[] {
  const isMeant = (node: NetworkNode, name: string): boolean =>
    node.name === name || node.name.startsWith(`${name}.`);
  const stray = names.find(name => !net.nodes.some(node => isMeant(node, name)));
  if (stray !== undefined) {
    throw new UsageError(
      `Network ${net.name} has no layer or stage "${stray}"; strata model ${net.name} lists its layers.`,
    );
  }
  return net.nodes.filter(node => names.some(name => isMeant(node, name)));
}
