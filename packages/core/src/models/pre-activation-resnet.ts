/**
 * Pre-activation residual nets for CIFAR (He, Zhang, Ren and Sun 2016, arXiv:1603.05027): `preact-resnet-110` of basic
 * blocks, and bottleneck nets of depth 9n + 2, `preact-resnet-164` and `preact-resnet-1001`.
 */
import { UsageError } from '../errors/index.js';
import {
  batchNorm,
  conv,
  dense,
  flatten,
  globalAveragePool,
  network,
  relu,
  sequence,
} from '../network/index.js';
import { type CommonOptions, commonOptions, type ModelFamily, scaled } from './model.js';
import { type BlockConv, blockGroup, preActivationBlock } from './residual-blocks.js';

const NAME = /^preact-resnet-(\d+)$/;
const BASIC_DEPTH = 110;

export const preActivationResNet: ModelFamily<CommonOptions> = {
  names: ['preact-resnet-110', 'preact-resnet-164', 'preact-resnet-1001'],
  matches: name => NAME.test(name),
  source: 'He, Zhang, Ren and Sun 2016 (arXiv:1603.05027), table 2 and appendix',
  options: commonOptions,
  small: () => ({ input: [3, 8, 8], width: 1 / 4 }),
  build(name, { input = [3, 32, 32], classes = 10, width = 1 }) {
    const depth = Number(NAME.exec(name)?.[1]);
    const blocks = blocksOf(name, depth);
    const groups = [16, 32, 64].map((count, i) =>
      blockGroup(i + 1, blocks, i === 0 ? 1 : 2, (block, stride) =>
        preActivationBlock(block, convsOf(depth, count, width, stride)),
      ),
    );
    return network(
      { name, input, classes },
      sequence(
        conv('conv1', scaled(16, width), 3, { bias: false }),
        ...groups,
        batchNorm('bn'),
        relu('relu'),
        globalAveragePool('pool'),
        flatten('flatten'),
        dense('fc', classes),
      ),
    );
  },
};

function blocksOf(name: string, depth: number): number {
  if (depth === BASIC_DEPTH) return (depth - 2) / 6;
  const blocks = (depth - 2) / 9;
  if (Number.isInteger(blocks) && blocks >= 1) return blocks;
  throw new UsageError(
    `Model ${name}: the depth is ${depth}; expected ${BASIC_DEPTH}, or 9n + 2, as 164 or 1001.`,
  );
}

function convsOf(depth: number, count: number, width: number, stride: number): readonly BlockConv[] {
  const [inner, outer] = [scaled(count, width), scaled(4 * count, width)];
  if (depth === BASIC_DEPTH) {
    return [
      { filters: inner, size: 3, stride },
      { filters: inner, size: 3, stride: 1 },
    ];
  }
  return [
    { filters: inner, size: 1, stride },
    { filters: inner, size: 3, stride: 1 },
    { filters: outer, size: 1, stride: 1 },
  ];
}
