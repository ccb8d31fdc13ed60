/**
 * LeNet-1, -4 and -5 (LeCun, Bottou, Bengio and Haffner 1998). `lenet-5-original` is the paper's net, figure 2, but for
 * its output: a dense layer into a softmax stands for the radial basis functions with fixed codes. In the others every
 * map sees all maps before it, and sub-sampling is a mean without parameters, as is common today; of LeNet-1 and -4 the
 * paper gives maps and units only (section III.C.5–6), with fewer connections between them.
 */
import {
  averagePool,
  type Block,
  conv,
  dense,
  flatten,
  network,
  partialConv,
  type Shape,
  sequence,
  trainableSubSampling,
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

export interface LeNetOptions extends CommonOptions {
  readonly activation?: Activation;
}

interface Configuration {
  /** Side of the field that images stand in, in pixels; smaller ones get zeros around them. */
  readonly field: number;
  /** Maps of each 5x5 convolution; sub-sampling by 2 follows the first two. */
  readonly maps: readonly number[];
  /** Units of the hidden dense layers. */
  readonly units: readonly number[];
  readonly original?: boolean;
}

const configurations: Readonly<Record<string, Configuration>> = {
  'lenet-1': { field: 28, maps: [4, 12], units: [] },
  'lenet-4': { field: 32, maps: [4, 16], units: [120] },
  'lenet-5': { field: 32, maps: [6, 16, 120], units: [84] },
  'lenet-5-original': { field: 32, maps: [6, 16, 120], units: [84], original: true },
};

/** Which maps of S2 each map of C3 sees (table I). */
const C3_TABLE = [
  [0, 1, 2],
  [1, 2, 3],
  [2, 3, 4],
  [3, 4, 5],
  [0, 4, 5],
  [0, 1, 5],
  [0, 1, 2, 3],
  [1, 2, 3, 4],
  [2, 3, 4, 5],
  [0, 3, 4, 5],
  [0, 1, 4, 5],
  [0, 1, 2, 5],
  [0, 1, 3, 4],
  [1, 2, 4, 5],
  [0, 2, 3, 5],
  [0, 1, 2, 3, 4, 5],
] as const;

export const leNet: ModelFamily<LeNetOptions> = {
  names: Object.keys(configurations),
  source: 'LeCun et al. 1998 (Proc. IEEE 86(11)), section II.B and figure 2',
  options: {
    ...commonOptions,
    activation: { about: 'of all hidden layers (scaled-tanh: 1.7159 tanh(2x/3))', takes: activationNames },
  },
  small: () => ({ width: 1 / 2 }),
  build(name, { input, classes = 10, width = 1, activation: kind = 'scaled-tanh' }) {
    const configuration = configurations[name];
    if (!configuration) throw new RangeError(`not a LeNet: ${name}`);
    const { field, maps, units, original = false } = configuration;
    const image = input ?? [1, field, field];
    const stages = maps.map((count, i) => {
      const filters = scaled(count, width);
      const convolution =
        original && i === 1
          ? partialConv('c3', connections(filters, scaled(maps[0] ?? 0, width)), 5)
          : conv(`c${2 * i + 1}`, filters, 5, { padding: i === 0 ? margin(image, field) : 0 });
      return sequence(convolution, activation(`act${2 * i + 1}`, kind), subSampling(i, original, kind));
    });
    const hidden = units.map((count, i) => {
      const number = maps.length * 2 + i - (maps.length > 2 ? 0 : -1);
      return sequence(dense(`f${number}`, scaled(count, width)), activation(`act${number}`, kind));
    });
    return network(
      { name, input: image, classes },
      sequence(...stages, flatten('flatten'), ...hidden, dense('output', classes)),
    );
  },
};

/** After the first two convolutions. In the original it is trained, and squashed again. */
function subSampling(stage: number, original: boolean, kind: Activation): Block {
  const name = `s${2 * stage + 2}`;
  if (stage > 1) return sequence();
  return original
    ? sequence(trainableSubSampling(name), activation(`act${2 * stage + 2}`, kind))
    : averagePool(name, 2);
}

/** Zeros on each side of an image smaller than the field: digits of 28 pixels stand in 32 (section II.B). */
function margin([, height]: Shape, field: number): number {
  return Math.max(0, (field - height) >> 1);
}

/** The table for other numbers of maps: each stands for its share of the table's rows or columns. */
function connections(filters: number, channels: number): readonly (readonly number[])[] {
  return Array.from({ length: filters }, (_, filter) => {
    const seen = new Set(share(filter, filters, C3_TABLE.length).flatMap(row => C3_TABLE[row] ?? []));
    return Array.from({ length: channels }, (_, channel) => channel).filter(channel =>
      share(channel, channels, 6).some(map => seen.has(map as 0)),
    );
  });
}

/** The places of `whole` that place `i` of `parts` overlaps. */
function share(i: number, parts: number, whole: number): readonly number[] {
  const first = Math.floor((i * whole) / parts);
  const last = Math.ceil(((i + 1) * whole) / parts);
  return Array.from({ length: last - first }, (_, j) => first + j);
}
