/** VGG (Simonyan and Zisserman 2014, arXiv:1409.1556), table 1: configurations A, A-LRN, B, C, D and E, and the shallow net of section 4.1. */
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
  relu,
  sequence,
} from '../network/index.js';
import { type CommonOptions, commonOptions, type ModelFamily, scaled } from './model.js';

export interface VggOptions extends CommonOptions {
  readonly hidden?: number;
  readonly dropout?: number;
  readonly lrnAlpha?: number;
}

const SIZES = { '5x5': 5, '3x3': 3, '1x1': 1 } as const;
type Conv = keyof typeof SIZES;
const LRN = 'LRN';

interface Configuration {
  /** What each of the five stages holds; every stage ends in a 2x2 max-pooling. */
  readonly stages: readonly (readonly (Conv | typeof LRN)[])[];
}

const STAGE_FILTERS = [64, 128, 256, 512, 512];

const configurations = {
  'vgg-a': { stages: [['3x3'], ['3x3'], ['3x3', '3x3'], ['3x3', '3x3'], ['3x3', '3x3']] },
  'vgg-a-lrn': { stages: [['3x3', LRN], ['3x3'], ['3x3', '3x3'], ['3x3', '3x3'], ['3x3', '3x3']] },
  'vgg-b': {
    stages: [
      ['3x3', '3x3'],
      ['3x3', '3x3'],
      ['3x3', '3x3'],
      ['3x3', '3x3'],
      ['3x3', '3x3'],
    ],
  },
  'vgg-c': {
    stages: [
      ['3x3', '3x3'],
      ['3x3', '3x3'],
      ['3x3', '3x3', '1x1'],
      ['3x3', '3x3', '1x1'],
      ['3x3', '3x3', '1x1'],
    ],
  },
  'vgg-d': {
    stages: [
      ['3x3', '3x3'],
      ['3x3', '3x3'],
      ['3x3', '3x3', '3x3'],
      ['3x3', '3x3', '3x3'],
      ['3x3', '3x3', '3x3'],
    ],
  },
  'vgg-e': {
    stages: [
      ['3x3', '3x3'],
      ['3x3', '3x3'],
      ['3x3', '3x3', '3x3', '3x3'],
      ['3x3', '3x3', '3x3', '3x3'],
      ['3x3', '3x3', '3x3', '3x3'],
    ],
  },
  // B with each pair of 3x3 layers as one 5x5 layer, which sees as far.
  'vgg-b-5x5': { stages: [['5x5'], ['5x5'], ['5x5'], ['5x5'], ['5x5']] },
} as const satisfies Record<string, Configuration>;

export type VggName = keyof typeof configurations;

function isVggName(name: string): name is VggName {
  return name in configurations;
}

export const vgg: ModelFamily<VggOptions> = {
  names: Object.keys(configurations),
  source: 'Simonyan and Zisserman 2014 (arXiv:1409.1556), table 1 and section 4.1',
  options: {
    ...commonOptions,
    hidden: { about: 'units of fc1 and fc2 (4096 times the width)', takes: 'size' },
    dropout: { about: 'rate after fc1 and fc2 (0.5)', takes: 'rate' },
    lrnAlpha: { about: "LRN's alpha in A-LRN (1e-4, for pixels on the 0–255 scale)", takes: 'factor' },
  },
  small: () => ({ input: [3, 32, 32], classes: 10, width: 1 / 32, hidden: 16 }),
  build(name, { input = [3, 224, 224], classes = 1000, width = 1, hidden, dropout: rate = 0.5, lrnAlpha }) {
    if (!isVggName(name)) throw new RangeError(`not a VGG: ${name}`);
    const units = hidden ?? scaled(4096, width);
    const lrnOptions = lrnAlpha === undefined ? {} : { alpha: lrnAlpha };
    const stages = configurations[name].stages.map((layers, i) =>
      stage(i + 1, layers, scaled(STAGE_FILTERS[i] ?? 0, width), lrnOptions),
    );
    const hiddenLayer = (i: number): Block =>
      sequence(dense(`fc${i}`, units), relu(`relu_fc${i}`), dropout(`dropout${i}`, rate));
    return network(
      { name, input, classes },
      sequence(...stages, flatten('flatten'), hiddenLayer(1), hiddenLayer(2), dense('fc3', classes)),
    );
  },
};

/** conv3-64, conv3-64, maxpool: `conv1_1`, `relu1_1`, `conv1_2`, `relu1_2`, `pool1`. */
function stage(
  number: number,
  layers: readonly (Conv | typeof LRN)[],
  filters: number,
  lrnOptions: LrnOptions,
): Block {
  const convolutions = layers.map((kind, i) => {
    const name = `${number}_${i + 1}`;
    if (kind === LRN) return lrn(`lrn${number}`, lrnOptions);
    return sequence(conv(`conv${name}`, filters, SIZES[kind]), relu(`relu${name}`));
  });
  return sequence(...convolutions, maxPool(`pool${number}`, 2));
}
