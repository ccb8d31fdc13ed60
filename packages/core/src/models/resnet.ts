/**
 * Residual nets and their plain counterparts (He, Zhang, Ren and Sun 2015, arXiv:1512.03385). Depths of table 1 are
 * ImageNet nets: `resnet-18`, `-34`, `-50`, `-101`, `-152`, `plain-18`, `plain-34`; any other depth 6n + 2 is a CIFAR net
 * of section 4.2: `resnet-20`, `plain-56`, `resnet-110`.
 */
import { UsageError } from '../errors/index.js';
import {
  type Block,
  batchNorm,
  conv,
  dense,
  flatten,
  globalAveragePool,
  maxPool,
  type Network,
  network,
  relu,
  sequence,
} from '../network/index.js';
import { type CommonOptions, commonOptions, type ModelFamily, scaled } from './model.js';
import { type BlockConv, blockGroup, originalBlock, type Shortcut, shortcuts } from './residual-blocks.js';

export interface ResNetOptions extends CommonOptions {
  readonly shortcut?: Exclude<Shortcut, 'none'>;
  readonly strideOn?: StrideOn;
}

/** Which convolution of a bottleneck halves the map: the paper's first, or the 3x3, as in later code and its weights. */
export const strideChoices = ['first', '3x3'] as const;
export type StrideOn = (typeof strideChoices)[number];

interface ImageNetDepth {
  /** Blocks of the four groups. */
  readonly blocks: readonly number[];
  readonly bottleneck: boolean;
}

/** Table 1. */
export const imageNetDepths: Readonly<Record<number, ImageNetDepth>> = {
  18: { blocks: [2, 2, 2, 2], bottleneck: false },
  34: { blocks: [3, 4, 6, 3], bottleneck: false },
  50: { blocks: [3, 4, 6, 3], bottleneck: true },
  101: { blocks: [3, 4, 23, 3], bottleneck: true },
  152: { blocks: [3, 8, 36, 3], bottleneck: true },
};

const NAME = /^(resnet|plain)-(\d+)$/;

export const resNet: ModelFamily<ResNetOptions> = {
  names: [
    ...[20, 32, 44, 56, 110].flatMap(depth => [`resnet-${depth}`, `plain-${depth}`]),
    ...[18, 34].flatMap(depth => [`resnet-${depth}`, `plain-${depth}`]),
    ...[50, 101, 152].map(depth => `resnet-${depth}`),
  ],
  matches: name => NAME.test(name),
  source: 'He, Zhang, Ren and Sun 2015 (arXiv:1512.03385), table 1 and section 4.2',
  options: {
    ...commonOptions,
    shortcut: {
      about: 'A pads with zeros, B projects where a block grows, C everywhere (A on CIFAR nets, else B)',
      takes: shortcuts,
    },
    strideOn: { about: 'which convolution of a bottleneck halves the map (first)', takes: strideChoices },
  },
  small: name =>
    imageNetDepths[depthOf(name)]
      ? { input: [3, 32, 32], classes: 10, width: 1 / 16 }
      : { input: [3, 8, 8], width: 1 / 4 },
  build(name, { input, classes, width = 1, shortcut, strideOn = 'first' }) {
    const depth = depthOf(name);
    const isPlain = name.startsWith('plain');
    if (isPlain && shortcut) throw new UsageError(`Model ${name}: a plain net has no shortcut to choose.`);
    const imageNet = imageNetDepths[depth];
    const join = isPlain ? 'none' : (shortcut ?? (imageNet ? 'B' : 'A'));
    if (!imageNet) return cifarNet(name, depth, { input, classes, width, join });
    if (isPlain && imageNet.bottleneck) {
      throw new UsageError(`Model ${name}: the plain ImageNet nets are plain-18 and plain-34.`);
    }
    return imageNetResNet({ name, ...imageNet, input, classes, width, k: 1, join, strideOn });
  },
};

function depthOf(name: string): number {
  return Number(NAME.exec(name)?.[2]);
}

interface Sizes {
  readonly input: CommonOptions['input'] | undefined;
  readonly classes: number | undefined;
  readonly width: number;
  readonly join: Shortcut;
}

/** Section 4.2: a 3x3 convolution, three groups of n blocks on maps of 32, 16 and 8 pixels, global average, dense. */
function cifarNet(
  name: string,
  depth: number,
  { input = [3, 32, 32], classes = 10, width, join }: Sizes,
): Network {
  const blocks = (depth - 2) / 6;
  if (!Number.isInteger(blocks) || blocks < 1) {
    const known = Object.keys(imageNetDepths).join(', ');
    throw new UsageError(
      `Model ${name}: the depth is ${depth}; expected 6n + 2 for CIFAR (20, 32, 44, 56, 110), or ${known}.`,
    );
  }
  const groups = [16, 32, 64].map((count, i) =>
    blockGroup(i + 1, blocks, i === 0 ? 1 : 2, (block, stride) =>
      originalBlock(block, basic(scaled(count, width), stride), join),
    ),
  );
  return network(
    { name, input, classes },
    sequence(
      conv('conv1', scaled(16, width), 3, { bias: false }),
      batchNorm('bn1'),
      relu('relu1'),
      ...groups,
      head(classes),
    ),
  );
}

export interface ImageNetResNet extends Sizes, ImageNetDepth {
  readonly name: string;
  /** Multiplies the filters inside blocks; those of a bottleneck's last convolution stay (WRN, section 3.4). */
  readonly k: number;
  readonly strideOn: StrideOn;
}

/** Table 1: a 7x7 convolution and pooling, four groups on maps of 56, 28, 14 and 7 pixels, global average, dense. */
export function imageNetResNet(options: ImageNetResNet): Network {
  const { name, blocks, bottleneck, k, join, strideOn } = options;
  const { input = [3, 224, 224], classes = 1000, width } = options;
  const groups = blocks.map((count, i) => {
    const filters = 64 * 2 ** i;
    const convs = (stride: number): readonly BlockConv[] =>
      bottleneck
        ? bottleneckOf(scaled(filters * k, width), scaled(4 * filters, width), stride, strideOn)
        : basic(scaled(filters * k, width), stride);
    return blockGroup(i + 1, count, i === 0 ? 1 : 2, (block, stride) =>
      originalBlock(block, convs(stride), join),
    );
  });
  return network(
    { name, input, classes },
    sequence(
      conv('conv1', scaled(64, width), 7, { stride: 2, bias: false }),
      batchNorm('bn1'),
      relu('relu1'),
      maxPool('pool1', 3, { stride: 2, padding: 1 }),
      ...groups,
      head(classes),
    ),
  );
}

/** 3x3, 3x3. */
function basic(filters: number, stride: number): readonly BlockConv[] {
  return [
    { filters, size: 3, stride },
    { filters, size: 3, stride: 1 },
  ];
}

/** 1x1 down, 3x3, 1x1 up. */
function bottleneckOf(
  inner: number,
  outer: number,
  stride: number,
  strideOn: StrideOn,
): readonly BlockConv[] {
  const [first, second] = strideOn === 'first' ? [stride, 1] : [1, stride];
  return [
    { filters: inner, size: 1, stride: first },
    { filters: inner, size: 3, stride: second },
    { filters: outer, size: 1, stride: 1 },
  ];
}

function head(classes: number): Block {
  return sequence(globalAveragePool('pool'), flatten('flatten'), dense('fc', classes));
}
