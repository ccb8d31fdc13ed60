/**
 * AlexNet (Krizhevsky, Sutskever and Hinton 2012): `alexnet` with the halves of its two GPUs as groups, `alexnet-one-gpu`
 * of the footnote to section 3.2, `alexnet-ungrouped` with every filter seeing all maps.
 */
import {
  type Block,
  conv,
  dense,
  dropout,
  flatten,
  type LrnOptions,
  lrn,
  maxPool,
  network,
  sequence,
} from '../network/index.js';
import {
  type Activation,
  activation,
  activationNames,
  type CommonOptions,
  commonOptions,
  type ModelFamily,
  scaled,
} from './model.js';

export interface AlexNetOptions extends CommonOptions {
  readonly activation?: Activation;
  readonly lrn?: boolean;
  readonly lrnAlpha?: number;
  readonly pooling?: Pooling;
  readonly dropout?: number;
  readonly hidden?: number;
  readonly stride?: number;
  readonly without?: string;
}

/** Overlapping: windows of 3 at a stride of 2 (section 3.4); separate: of 2 at 2. */
export const poolings = ['overlapping', 'separate'] as const;
export type Pooling = (typeof poolings)[number];

/** Layers whose biases start at 1, so that their ReLUs have positive inputs early on; the others' at 0 (section 5). */
export const ALEXNET_BIAS_ONE: readonly string[] = ['conv2', 'conv4', 'conv5', 'fc6', 'fc7'];

/** Layers that can be left out: a middle convolution, about two points of top-1 error each (section 7), or a hidden layer. */
const REMOVABLE = ['conv2', 'conv3', 'conv4', 'conv5', 'fc6', 'fc7'];

interface Convolution {
  readonly size: number;
  readonly twoGpus: number;
  readonly oneGpu: number;
  /** The two-GPU net's halves see maps of their own GPU only. */
  readonly split: boolean;
  readonly after: readonly ('lrn' | 'pool')[];
}

const convolutions: readonly Convolution[] = [
  { size: 11, twoGpus: 96, oneGpu: 48, split: false, after: ['lrn', 'pool'] },
  { size: 5, twoGpus: 256, oneGpu: 128, split: true, after: ['lrn', 'pool'] },
  { size: 3, twoGpus: 384, oneGpu: 192, split: false, after: [] },
  { size: 3, twoGpus: 384, oneGpu: 192, split: true, after: [] },
  { size: 3, twoGpus: 256, oneGpu: 256, split: true, after: ['pool'] },
];

/** 224 pixels become 55x55, as with 227 and no padding: the paper's sizes do not meet otherwise. */
const FIRST_PADDING = [1, 2, 1, 2] as const;

export const alexNet: ModelFamily<AlexNetOptions> = {
  names: ['alexnet', 'alexnet-one-gpu', 'alexnet-ungrouped'],
  source: 'Krizhevsky, Sutskever and Hinton 2012 (NIPS 25), section 3.5 and figure 2',
  options: {
    ...commonOptions,
    activation: { about: 'of all hidden layers (relu)', takes: activationNames },
    lrn: { about: 'response normalisation after conv1 and conv2 (true)', takes: 'flag' },
    lrnAlpha: { about: "LRN's alpha (1e-4, for pixels on the 0–255 scale)", takes: 'factor' },
    pooling: { about: 'windows of 3 at stride 2 (overlapping), or of 2 (separate)', takes: poolings },
    dropout: { about: 'rate after fc6 and fc7 (0.5)', takes: 'rate' },
    hidden: { about: 'units of fc6 and fc7 (4096 times the width)', takes: 'size' },
    stride: { about: 'of conv1 (4; less for images below 100 pixels)', takes: 'size' },
    without: { about: 'a layer left out', takes: REMOVABLE },
  },
  small: () => ({ input: [3, 64, 64], classes: 10, width: 1 / 32, hidden: 12 }),
  build(name, { input = [3, 224, 224], classes = 1000, width = 1, activation: kind = 'relu', ...options }) {
    const { hidden = scaled(4096, width), dropout: rate = 0.5, stride = 4, without } = options;
    const oneGpu = name === 'alexnet-one-gpu';
    const stages = convolutions.map(({ size, split, after, ...filters }, i): Block => {
      const number = i + 1;
      // Two halves of equal width.
      const count = oneGpu ? scaled(filters.oneGpu, width) : 2 * scaled(filters.twoGpus / 2, width);
      const groups = split && name === 'alexnet' ? 2 : 1;
      const first = i === 0 ? { stride, padding: FIRST_PADDING } : {};
      return sequence(
        ...(without === `conv${number}`
          ? []
          : [conv(`conv${number}`, count, size, { groups, ...first }), activation(`act${number}`, kind)]),
        ...after.map(what => afterwards(what, number, options)),
      );
    });
    const hiddenLayers = [6, 7].map(number =>
      without === `fc${number}`
        ? sequence()
        : sequence(
            dense(`fc${number}`, hidden),
            activation(`act${number}`, kind),
            dropout(`dropout${number}`, rate),
          ),
    );
    return network(
      { name, input, classes },
      sequence(...stages, flatten('flatten'), ...hiddenLayers, dense('fc8', classes)),
    );
  },
};

function afterwards(
  what: 'lrn' | 'pool',
  number: number,
  { lrn: normalised = true, lrnAlpha, pooling = 'overlapping' }: AlexNetOptions,
): Block {
  if (what === 'pool') return pool(`pool${number}`, pooling);
  return normalised ? lrn(`lrn${number}`, lrnOptions(lrnAlpha)) : sequence();
}

export function pool(name: string, pooling: Pooling): Block {
  return maxPool(name, pooling === 'overlapping' ? 3 : 2, { stride: 2 });
}

/** AlexNet's constants, with alpha where one is given. */
export function lrnOptions(alpha: number | undefined): LrnOptions {
  return alpha === undefined ? {} : { alpha };
}
