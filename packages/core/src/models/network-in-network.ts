/**
 * Network in Network (Lin, Chen and Yan 2013, arXiv:1312.4400): three mlpconv layers and a head. The paper does not list
 * filters; these are those of the authors' released CIFAR-10 net. `nin-cnn` is the ordinary net whose heads section 4.6
 * compares: three 5x5 convolutions, and one map a class from a layer that is locally connected there and a 3x3
 * convolution here.
 */
import {
  type Block,
  conv,
  dense,
  dropout,
  flatten,
  globalAveragePool,
  maxPool,
  network,
  relu,
  sequence,
} from '../network/index.js';
import { type CommonOptions, commonOptions, type ModelFamily, scaled } from './model.js';

export interface NetworkInNetworkOptions extends CommonOptions {
  readonly dropout?: number;
  readonly head?: Head;
  readonly headDropout?: number;
}

const heads = ['average', 'dense'] as const;
type Head = (typeof heads)[number];

interface Stage {
  readonly size: number;
  /** Of the convolution, and of the 1x1 layers that make it an mlpconv layer. */
  readonly filters: readonly number[];
}

/** The last layer of each has one map a class. */
const CLASSES = 0;
const configurations: Readonly<Record<string, readonly Stage[]>> = {
  nin: [
    { size: 5, filters: [192, 160, 96] },
    { size: 5, filters: [192, 192, 192] },
    { size: 3, filters: [192, 192, CLASSES] },
  ],
  'nin-cnn': [
    { size: 5, filters: [64] },
    { size: 5, filters: [64] },
    { size: 5, filters: [64] },
    { size: 3, filters: [CLASSES] },
  ],
};

export const networkInNetwork: ModelFamily<NetworkInNetworkOptions> = {
  names: Object.keys(configurations),
  source:
    'Lin, Chen and Yan 2013 (arXiv:1312.4400), sections 3 and 4.6; filters of the released CIFAR-10 net',
  options: {
    ...commonOptions,
    dropout: { about: 'rate after every stage but the last (0.5)', takes: 'rate' },
    head: { about: 'average of each map, or a dense layer over all of them (average)', takes: heads },
    headDropout: { about: 'rate before a dense head (0)', takes: 'rate' },
  },
  small: () => ({ input: [3, 16, 16], width: 1 / 16 }),
  build(name, { input = [3, 32, 32], classes = 10, width = 1, dropout: rate = 0.5, ...options }) {
    const stages = configurations[name];
    if (!stages) throw new RangeError(`not a Network in Network: ${name}`);
    const filtersOf = (count: number): number => (count === CLASSES ? classes : scaled(count, width));
    const blocks = stages.map(({ size, filters }, i) => {
      const number = i + 1;
      const layers = filters.map((count, j) =>
        sequence(
          conv(`conv${number}_${j + 1}`, filtersOf(count), j === 0 ? size : 1),
          relu(`relu${number}_${j + 1}`),
        ),
      );
      if (number === stages.length) return sequence(...layers);
      // The padding keeps half of an even map: 32, 16, 8.
      const pool = maxPool(`pool${number}`, 3, { stride: 2, padding: [0, 1, 0, 1] });
      return sequence(...layers, pool, ...(rate > 0 ? [dropout(`dropout${number}`, rate)] : []));
    });
    return network({ name, input, classes }, sequence(...blocks, headOf(classes, options)));
  },
};

/** The average of each class's map is its logit; the other head lets a dense layer weigh all their pixels. */
function headOf(
  classes: number,
  { head = 'average', headDropout: rate = 0 }: NetworkInNetworkOptions,
): Block {
  if (head === 'average') return globalAveragePool('pool');
  return sequence(flatten('flatten'), ...(rate > 0 ? [dropout('dropout', rate)] : []), dense('fc', classes));
}
