/** Wide ResNet (Zagoruyko and Komodakis 2016, arXiv:1605.07146), table 1: blocks B(3,3) of any depth and width. */
import { UsageError } from '../errors/index.js';
import {
  type Block,
  batchNorm,
  conv,
  dense,
  dropout,
  flatten,
  globalAveragePool,
  network,
  relu,
  sequence,
} from '../network/index.js';
import { type CommonOptions, commonOptions, type ModelFamily, scaled } from './model.js';

export interface WideResNetOptions extends CommonOptions {
  readonly dropout?: number;
}

const NAME = /^wrn-(\d+)-(\d+)$/;
const FIRST_FILTERS = 16;
/** Filters of the three groups, times k. Groups two and three halve the map. */
const GROUP_FILTERS = [16, 32, 64];

export const wideResNet: ModelFamily<WideResNetOptions> = {
  names: ['wrn-16-1', 'wrn-16-2', 'wrn-16-4', 'wrn-28-2', 'wrn-40-1', 'wrn-40-4', 'wrn-28-10'],
  matches: name => NAME.test(name),
  source: 'Zagoruyko and Komodakis 2016 (arXiv:1605.07146), table 1',
  options: {
    ...commonOptions,
    dropout: 'rate between the two convolutions of every block (none)',
  },
  build(name, { input = [3, 32, 32], classes = 10, width = 1, dropout: rate = 0 }) {
    const { depth, k } = sizes(name);
    const groups = GROUP_FILTERS.map((filters, i) =>
      group(`group${i + 1}`, (depth - 4) / 6, scaled(filters * k, width), i === 0 ? 1 : 2, rate),
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
  },
};

/** @throws UsageError unless the depth is 6n + 4 with n at least 1, and k at least 1. */
function sizes(name: string): { depth: number; k: number } {
  const [, depth = 0, k = 0] = (NAME.exec(name) ?? []).map(Number);
  if (depth < 10 || depth % 6 !== 4) {
    throw new UsageError(`Model ${name}: the depth is ${depth}; expected 6n + 4, as 10, 16, 22, 28 or 40.`);
  }
  if (k < 1) throw new UsageError(`Model ${name}: k is ${k}; expected at least 1.`);
  return { depth, k };
}

function group(name: string, blocks: number, filters: number, stride: number, rate: number): Block {
  return sequence(
    ...Array.from({ length: blocks }, (_, i) =>
      basicBlock(`${name}.block${i + 1}`, filters, i === 0 ? stride : 1, rate),
    ),
  );
}

/** BN, ReLU, 3x3, BN, ReLU, (dropout,) 3x3, plus the input; where the width changes, plus a 1x1 projection of BN, ReLU. */
function basicBlock(name: string, filters: number, stride: number, rate: number): Block {
  const activation = sequence(batchNorm(`${name}.bn1`), relu(`${name}.relu1`));
  const body = sequence(
    conv(`${name}.conv1`, filters, 3, { stride, bias: false }),
    batchNorm(`${name}.bn2`),
    relu(`${name}.relu2`),
    ...(rate > 0 ? [dropout(`${name}.dropout`, rate)] : []),
    conv(`${name}.conv2`, filters, 3, { bias: false }),
  );
  const projection = conv(`${name}.shortcut`, filters, 1, { stride, bias: false });
  return from => {
    const activated = activation(from);
    const shortcut = from.shape[0] === filters ? from : projection(activated);
    return from.add(`${name}.add`, { kind: 'add' }, [body(activated), shortcut]);
  };
}
