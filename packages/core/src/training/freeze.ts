import { UsageError } from '../errors/index.js';
import { layersNamed, type Network } from '../network/index.js';
import type { Freeze } from './recipe.js';

/**
 * Names of the layers that a recipe freezes, for `BuildOptions.frozen`.
 * @throws UsageError for a name that is not there, and where the first n layers are all or none.
 */
export function frozenLayers(network: Network, freeze: Freeze | undefined): readonly string[] {
  if (!freeze) return [];
  if (freeze.kind === 'named') return layersNamed(network, freeze.layers).map(({ name }) => name);
  const weighted = network.nodes.filter(({ multiplyAdds }) => multiplyAdds > 0);
  const next = weighted[freeze.layers];
  if (!Number.isInteger(freeze.layers) || freeze.layers < 1 || !next) {
    throw new UsageError(
      `freeze: the first ${freeze.layers} of the ${weighted.length} convolutions and dense layers of ${network.name}; expected 1 to ${weighted.length - 1}.`,
    );
  }
  return network.nodes.slice(0, network.nodes.indexOf(next)).map(({ name }) => name);
}
