import type { State, Tensor } from '../engine/index.js';
import { UsageError } from '../errors/index.js';
import {
  elements,
  isNamed,
  layersNamed,
  type Network,
  type NetworkNode,
  type Parameter,
} from '../network/index.js';
import { normalArray, streamKey, uniformArray } from '../random/index.js';
import type { Initialisation } from './recipe.js';

/**
 * Weights and statistics before the first step. Each tensor is drawn from its own stream, keyed by the run's seed and
 * the tensor's name, so that two networks start equal wherever their layers' names and shapes agree.
 * @throws UsageError when the network has none of the layers whose biases are to start at one.
 */
export function initialState(network: Network, initialisation: Initialisation, seed: number): State {
  const withBiasOne = layersWithBiasOne(network, initialisation);
  return new Map(
    network.nodes.flatMap(node => {
      const bias = withBiasOne.has(node) ? 1 : initialisation.bias;
      const drawn = node.parameters.map((parameter): [string, Tensor] => {
        const name = `${node.name}.${parameter.name}`;
        return [
          name,
          { shape: parameter.shape, data: draw(parameter, { ...initialisation, bias }, seed, name) },
        ];
      });
      const fixed = node.statistics.map(({ name, shape, initial }): [string, Tensor] => [
        `${node.name}.${name}`,
        { shape, data: new Float32Array(elements(shape)).fill(initial) },
      ]);
      return [...drawn, ...fixed];
    }),
  );
}

function layersWithBiasOne(network: Network, { biasOne = [] }: Initialisation): ReadonlySet<NetworkNode> {
  const found = biasOne.filter(name => network.nodes.some(node => isNamed(node, name)));
  if (biasOne.length > 0 && found.length === 0) {
    throw new UsageError(
      `Biases of ${biasOne.join(', ')} are to start at one, and ${network.name} has none of these layers; strata model ${network.name} lists its layers.`,
    );
  }
  return new Set(layersNamed(network, found));
}

function draw(
  parameter: Parameter,
  initialisation: Initialisation,
  seed: number,
  name: string,
): Float32Array {
  const count = elements(parameter.shape);
  if (parameter.role === 'bias') return new Float32Array(count).fill(initialisation.bias);
  if (parameter.role === 'scale') return new Float32Array(count).fill(1);
  const key = streamKey(seed, 'init', name);
  switch (initialisation.kind) {
    case 'gaussian':
      return normalArray(count, key, initialisation.deviation / Math.sqrt(initialisation.width));
    case 'glorot': {
      // Glorot and Bengio 2010, equation 16.
      const bound = Math.sqrt(6 / (parameter.fanIn + parameter.fanOut));
      return uniformArray(count, key, -bound, bound);
    }
    case 'msra':
      // He et al. 2015, equation 10.
      return normalArray(count, key, Math.sqrt(2 / parameter.fanIn));
  }
}
