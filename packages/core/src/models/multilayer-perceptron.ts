/** The fully connected nets that LeNet is compared with on MNIST (LeCun et al. 1998, section III.C.3–4): `mlp-300-100`. */
import { dense, flatten, network, sequence } from '../network/index.js';
import {
  type Activation,
  activation,
  activationNames,
  type CommonOptions,
  commonOptions,
  type ModelFamily,
  scaled,
} from './model.js';

export interface PerceptronOptions extends CommonOptions {
  readonly activation?: Activation;
}

/** Units of the hidden layers, from the image on. */
const NAME = /^mlp((?:-[1-9]\d*)+)$/;

export const multilayerPerceptron: ModelFamily<PerceptronOptions> = {
  names: ['mlp-300', 'mlp-1000', 'mlp-300-100', 'mlp-500-150'],
  matches: name => NAME.test(name),
  source: 'LeCun et al. 1998 (Proc. IEEE 86(11)), section III.C and figure 9',
  options: {
    ...commonOptions,
    activation: { about: 'of all hidden layers (scaled-tanh: 1.7159 tanh(2x/3))', takes: activationNames },
  },
  small: () => ({ input: [1, 8, 8], width: 1 / 10 }),
  build(name, { input = [1, 28, 28], classes = 10, width = 1, activation: kind = 'scaled-tanh' }) {
    const units = (NAME.exec(name)?.[1] ?? '').split('-').slice(1).map(Number);
    const hidden = units.map((count, i) =>
      sequence(dense(`fc${i + 1}`, scaled(count, width)), activation(`act${i + 1}`, kind)),
    );
    return network(
      { name, input, classes },
      sequence(flatten('flatten'), ...hidden, dense(`fc${units.length + 1}`, classes)),
    );
  },
};
