import { hashJson } from '../hash/index.js';
import type { Network } from './network.js';

/** A hash of what the network computes: its input, layers and auxiliary heads, not the name it goes by. */
export function contentHash(net: Network): string {
  const nodes = net.nodes.map(({ name, layer, inputs }) => ({ name, layer, inputs }));
  return hashJson({ input: net.input, nodes, ...(net.auxiliary && { auxiliary: net.auxiliary }) });
}
