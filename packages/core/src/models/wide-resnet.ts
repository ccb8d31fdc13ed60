/**
 * Wide ResNets (Zagoruyko and Komodakis 2016, arXiv:1605.07146): `wrn-<depth>-<k>` of table 1 for CIFAR and SVHN, with
 * every block type of section 2; for ImageNet `wrn-18-<k>`, `wrn-34-<k>` (table 7) and `wrn-50-2-bottleneck` (table 8), which keep the
 * original order of layers.
 */
import { UsageError } from '../errors/index.js';
import {
  batchNorm,
  conv,
  dense,
  flatten,
  globalAveragePool,
  type Network,
  network,
  relu,
  sequence,
} from '../network/index.js';
import { type CommonOptions, commonOptions, type ModelFamily, scaled } from './model.js';
import { type BlockConv, blockGroup, preActivationBlock } from './residual-blocks.js';
import { imageNetDepths, imageNetResNet } from './resnet.js';

export interface WideResNetOptions extends CommonOptions {
  readonly dropout?: number;
  readonly block?: string;
  readonly convsPerBlock?: number;
}

const NAME = /^wrn-(\d+)-(\d+(?:\.\d+)?)(-bottleneck)?$/;
const FIRST_FILTERS = 16;
/** Filters of the three groups, times k. Groups two and three halve the map. */
const GROUP_FILTERS = [16, 32, 64];

export const wideResNet: ModelFamily<WideResNetOptions> = {
  names: [
    ...['wrn-16-1', 'wrn-16-2', 'wrn-16-4', 'wrn-28-2', 'wrn-40-1', 'wrn-40-4', 'wrn-28-10'],
    ...['wrn-18-2', 'wrn-34-1.5', 'wrn-50-2-bottleneck'],
  ],
  matches: name => NAME.test(name),
  source: 'Zagoruyko and Komodakis 2016 (arXiv:1605.07146), tables 1, 7 and 8',
  options: {
    ...commonOptions,
    dropout: { about: 'rate between the convolutions of every block (none)', takes: 'rate' },
    block: { about: 'sizes of the convolutions of a block, as B(3,1,3) (B(3,3))', takes: 'text' },
    convsPerBlock: {
      about: '3x3 convolutions of a block, at the same depth: l of table 3 (2)',
      takes: 'size',
    },
  },
  small(name) {
    const { depth, k } = sizes(name);
    // 6, 12 and 24 filters.
    const width = 3 / 8 / k;
    return isImageNet(depth)
      ? { input: [3, 32, 32], classes: 10, width: 1 / 16 / k }
      : { input: [3, 8, 8], width };
  },
  build(name, options) {
    const { depth, k, bottleneck } = sizes(name);
    return isImageNet(depth) ? imageNetWrn(name, options) : cifarWrn(name, depth, k, bottleneck, options);
  },
};

function sizes(name: string): { depth: number; k: number; bottleneck: boolean } {
  const [, depth, k, bottleneck] = NAME.exec(name) ?? [];
  if (!(Number(k) >= 1)) throw new UsageError(`Model ${name}: k is ${k}; expected at least 1.`);
  return { depth: Number(depth), k: Number(k), bottleneck: bottleneck !== undefined };
}

/** Depths of ImageNet nets; of these 34 would fit table 1 too, whose experiments do not use it. */
function isImageNet(depth: number): boolean {
  return depth in imageNetDepths;
}

function cifarWrn(
  name: string,
  depth: number,
  k: number,
  bottleneck: boolean,
  options: WideResNetOptions,
): Network {
  const { input = [3, 32, 32], classes = 10, width = 1, dropout: rate = 0 } = options;
  if (depth < 10 || depth % 6 !== 4 || bottleneck) {
    const known = Object.keys(imageNetDepths).join(', ');
    throw new UsageError(
      `Model ${name}: the depth is ${depth}; expected 6n + 4, as 10, 16, 22, 28 or 40 (ImageNet nets: ${known}, bottlenecks from 50 on).`,
    );
  }
  const { kernels, blocks } = blockOf(name, depth, options);
  const groups = GROUP_FILTERS.map((filters, i) =>
    blockGroup(i + 1, blocks, i === 0 ? 1 : 2, (block, stride) => {
      const convs = kernels.map(
        (size, at): BlockConv => ({
          filters: scaled(filters * k, width),
          size,
          stride: at === 0 ? stride : 1,
        }),
      );
      return preActivationBlock(block, convs, rate);
    }),
  );
  return network(
    { name, input, classes },
    sequence(
      conv('conv1', scaled(FIRST_FILTERS, width), 3, { bias: false }),
      ...groups,
      batchNorm('bn'),
      relu('relu'),
      globalAveragePool('pool'),
      flatten('flatten'),
      dense('fc', classes),
    ),
  );
}

interface BlockType {
  readonly kernels: readonly number[];
  /** In each group. */
  readonly blocks: number;
}

/**
 * Of any block type a net of depth n has (n - 4) / 6 blocks a group: that alone gives the parameters that table 2 prints.
 * When l is chosen the depth holds, and blocks of l convolutions become (n - 4) / 3l: table 3.
 */
function blockOf(name: string, depth: number, { block, convsPerBlock }: WideResNetOptions): BlockType {
  if (convsPerBlock === undefined) return { kernels: kernelsOf(name, block), blocks: (depth - 4) / 6 };
  if (block) throw new UsageError(`Model ${name}: choose a block or convsPerBlock, not both.`);
  const blocks = (depth - 4) / (3 * convsPerBlock);
  if (!Number.isInteger(blocks)) {
    throw new UsageError(
      `Model ${name}: blocks of ${convsPerBlock} convolutions do not make up its depth; depth - 4 must be a multiple of ${3 * convsPerBlock}.`,
    );
  }
  return { kernels: Array.from({ length: convsPerBlock }, () => 3), blocks };
}

function kernelsOf(name: string, block = 'B(3,3)'): readonly number[] {
  const match = /^B\((\d+(?:,\d+)*)\)$/.exec(block.replaceAll(' ', ''));
  const kernels = (match?.[1] ?? '').split(',').map(Number);
  if (match && kernels.every(size => size % 2 === 1)) return kernels;
  throw new UsageError(`Model ${name}: block is ${block}; expected odd sizes, as B(3,3) or B(1,3,1).`);
}

/** The residual net of that depth with blocks k times as wide. */
function imageNetWrn(name: string, options: WideResNetOptions): Network {
  const { depth, k, bottleneck } = sizes(name);
  const { input, classes, width = 1 } = options;
  const shape = imageNetDepths[depth];
  if (!shape || shape.bottleneck !== bottleneck) {
    throw new UsageError(
      `Model ${name}: depths 18 and 34 have basic blocks, 50 and more bottlenecks, as wrn-50-2-bottleneck.`,
    );
  }
  const chosen = (['dropout', 'block', 'convsPerBlock'] as const).find(key => options[key] !== undefined);
  if (chosen) throw new UsageError(`Model ${name}: ${chosen} is for the CIFAR nets (table 1).`);
  return imageNetResNet({ name, ...shape, input, classes, width, k, join: 'B', strideOn: '3x3' });
}
