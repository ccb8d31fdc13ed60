import { createHash } from 'node:crypto';
import type { State } from '../engine/index.js';
import { mainNodes, type Network } from '../network/index.js';

/** The parameters and statistics of a state without optimizer slots and auxiliary heads: what a trained network is. */
export function weightsOf(network: Network, state: State): State {
  const names = mainNodes(network).flatMap(node =>
    [...node.parameters, ...node.statistics].map(({ name }) => `${node.name}.${name}`),
  );
  return new Map(
    names.map(name => {
      const tensor = state.get(name);
      if (!tensor) throw new RangeError(`The state of ${network.name} lacks "${name}".`);
      return [name, tensor];
    }),
  );
}

/** SHA-256 over names, shapes and bytes in order of name. */
export function weightsSha256(weights: State): string {
  const hash = createHash('sha256');
  for (const [name, { shape, data }] of [...weights].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${name} ${shape.join('x')}\n`);
    hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest('hex');
}
