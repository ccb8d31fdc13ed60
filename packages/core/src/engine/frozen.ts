import { UsageError } from '../errors/index.js';
import { type Network, nodeNamed } from '../network/index.js';
import type { BuildOptions } from './engine.js';

/** Names of the layers that a training leaves as they are. @throws UsageError for an unknown one, and when nothing would learn. */
export function frozenIn(
  network: Network,
  { frozen = [] }: Pick<BuildOptions, 'frozen'>,
): ReadonlySet<string> {
  const names = new Set(frozen.map(name => nodeNamed(network, name).name));
  if (!network.nodes.some(({ name, parameters }) => parameters.length > 0 && !names.has(name))) {
    throw new UsageError(`Network ${network.name}: every layer is frozen; leave one to train.`);
  }
  return names;
}
