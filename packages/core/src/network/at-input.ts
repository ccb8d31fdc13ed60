import { UsageError } from '../errors/index.js';
import { fullyConvolutional } from './fully-convolutional.js';
import type { Network } from './network.js';
import { mainPath } from './paths.js';
import { type Shape, shapesEqual } from './shape.js';

/**
 * The network over images of another size, fully connected layers made into convolutions: dense evaluation. At any size auxiliary
 * heads are left out: they are for training.
 * @throws UsageError where a layer does not fit the new size, or the images have other channels.
 */
export function atInput(trained: Network, input: Shape): Network {
  const net = mainPath(trained);
  if (shapesEqual(net.input, input)) return net;
  if (input[0] !== net.input[0]) {
    throw new UsageError(
      `Network ${net.name} takes images of ${net.input[0]} channels, not ${input[0]}; only height and width may differ.`,
    );
  }
  return fullyConvolutional(net, input);
}
