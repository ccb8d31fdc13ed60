/**
 * The four-layer net with which AlexNet's paper compares ReLU with tanh (figure 1) and tries response normalisation
 * (section 3.3) on CIFAR-10. The paper leaves its layout to the code that came with it: two 5x5 convolutions of 64
 * filters with pooling and normalisation, two 3x3 layers of 64 and 32, and a classifier. There those two are locally
 * connected, without shared weights; here they are convolutions.
 */
import { type Block, conv, dense, flatten, lrn, network, sequence } from '../network/index.js';
import { lrnOptions, type Pooling, pool, poolings } from './alexnet.js';
import {
  type Activation,
  activation,
  activationNames,
  type CommonOptions,
  commonOptions,
  type ModelFamily,
  scaled,
} from './model.js';

export interface AlexNetCifarOptions extends CommonOptions {
  readonly activation?: Activation;
  readonly lrn?: boolean;
  readonly lrnAlpha?: number;
  readonly pooling?: Pooling;
}

export const alexNetCifar: ModelFamily<AlexNetCifarOptions> = {
  names: ['alexnet-cifar'],
  source:
    'Krizhevsky, Sutskever and Hinton 2012 (NIPS 25), sections 3.1 and 3.3; layout after the code it refers to',
  options: {
    ...commonOptions,
    activation: { about: 'of all hidden layers (relu)', takes: activationNames },
    lrn: { about: 'response normalisation in the first two stages (true)', takes: 'flag' },
    lrnAlpha: { about: "LRN's alpha (1e-4, for pixels on the 0–255 scale)", takes: 'factor' },
    pooling: { about: 'windows of 3 at stride 2 (overlapping), or of 2 (separate)', takes: poolings },
  },
  small: () => ({ input: [3, 16, 16], width: 1 / 8 }),
  build(name, { input = [3, 32, 32], classes = 10, width = 1, activation: kind = 'relu', ...options }) {
    const { lrn: normalised = true, lrnAlpha, pooling = 'overlapping' } = options;
    const convolution = (number: number, filters: number, size: number): Block =>
      sequence(conv(`conv${number}`, scaled(filters, width), size), activation(`act${number}`, kind));
    const normalisation = (number: number): Block =>
      normalised ? lrn(`lrn${number}`, lrnOptions(lrnAlpha)) : sequence();
    return network(
      { name, input, classes },
      sequence(
        sequence(convolution(1, 64, 5), pool('pool1', pooling), normalisation(1)),
        sequence(convolution(2, 64, 5), normalisation(2), pool('pool2', pooling)),
        sequence(convolution(3, 64, 3), convolution(4, 32, 3)),
        sequence(flatten('flatten'), dense('fc5', classes)),
      ),
    );
  },
};
