/** Inception v1, GoogLeNet (Szegedy et al. 2014, arXiv:1409.4842), table 1, with its two auxiliary heads (section 5). */
import {
  auxiliaryHead,
  averagePool,
  type Block,
  conv,
  dense,
  dropout,
  flatten,
  globalAveragePool,
  lrn,
  maxPool,
  network,
  parallel,
  relu,
  sequence,
  type WindowOptions,
} from '../network/index.js';
import { lrnOptions } from './alexnet.js';
import { type CommonOptions, commonOptions, type ModelFamily, scaled } from './model.js';

export interface InceptionOptions extends CommonOptions {
  readonly dropout?: number;
  readonly heads?: boolean;
  readonly reductions?: boolean;
  readonly lrn?: boolean;
  readonly lrnAlpha?: number;
}

/** Filters of one module, a row of table 1. */
interface Module {
  readonly name: string;
  readonly c1x1: number;
  readonly r3x3: number;
  readonly c3x3: number;
  readonly r5x5: number;
  readonly c5x5: number;
  readonly pool: number;
  /** An auxiliary head branches off behind it. */
  readonly head?: number;
}

const POOL = 'pool';
const modules: readonly (Module | typeof POOL)[] = [
  { name: '3a', c1x1: 64, r3x3: 96, c3x3: 128, r5x5: 16, c5x5: 32, pool: 32 },
  { name: '3b', c1x1: 128, r3x3: 128, c3x3: 192, r5x5: 32, c5x5: 96, pool: 64 },
  POOL,
  { name: '4a', c1x1: 192, r3x3: 96, c3x3: 208, r5x5: 16, c5x5: 48, pool: 64, head: 1 },
  { name: '4b', c1x1: 160, r3x3: 112, c3x3: 224, r5x5: 24, c5x5: 64, pool: 64 },
  { name: '4c', c1x1: 128, r3x3: 128, c3x3: 256, r5x5: 24, c5x5: 64, pool: 64 },
  { name: '4d', c1x1: 112, r3x3: 144, c3x3: 288, r5x5: 32, c5x5: 64, pool: 64, head: 2 },
  { name: '4e', c1x1: 256, r3x3: 160, c3x3: 320, r5x5: 32, c5x5: 128, pool: 128 },
  POOL,
  { name: '5a', c1x1: 256, r3x3: 160, c3x3: 320, r5x5: 32, c5x5: 128, pool: 128 },
  { name: '5b', c1x1: 384, r3x3: 192, c3x3: 384, r5x5: 48, c5x5: 128, pool: 128 },
];

/** Share of each auxiliary head's loss (section 5). */
const HEAD_WEIGHT = 0.3;

/** Halves a map and rounds up: 112 to 56. */
const HALVING = { stride: 2, padding: [0, 1, 0, 1] } as const;

export const inception: ModelFamily<InceptionOptions> = {
  names: ['inception-v1'],
  source: 'Szegedy et al. 2014 (arXiv:1409.4842), table 1 and section 5',
  options: {
    ...commonOptions,
    dropout: { about: 'rate before the classifier (0.4)', takes: 'rate' },
    heads: { about: 'auxiliary heads after 4a and 4d, in training only (true)', takes: 'flag' },
    reductions: {
      about: '1x1 layers before 3x3 and 5x5 and after pooling; without: figure 2a (true)',
      takes: 'flag',
    },
    lrn: { about: 'response normalisation after pool1 and conv2 (true)', takes: 'flag' },
    lrnAlpha: { about: "LRN's alpha (1e-4, for pixels on the 0–255 scale)", takes: 'factor' },
  },
  small: () => ({ input: [3, 32, 32], classes: 10, width: 1 / 16 }),
  build(name, { input = [3, 224, 224], classes = 1000, width = 1, dropout: rate = 0.4, ...options }) {
    const { heads = true, reductions = true, lrn: normalised = true, lrnAlpha } = options;
    const normalisation = (number: number): Block =>
      normalised ? lrn(`lrn${number}`, lrnOptions(lrnAlpha)) : sequence();
    const stem = sequence(
      convRelu('conv1', scaled(64, width), 7, { stride: 2 }),
      sequence(maxPool('pool1', 3, HALVING), normalisation(1)),
      convRelu('conv2_reduce', scaled(64, width), 1),
      sequence(convRelu('conv2', scaled(192, width), 3), normalisation(2), maxPool('pool2', 3, HALVING)),
    );
    const body = modules.map((row, i) => {
      if (row === POOL) return maxPool(`pool${poolNumber(i)}`, 3, HALVING);
      const module = reductions ? reducedModule(row, width) : naiveModule(row, width);
      return heads && row.head ? sequence(module, head(`head${row.head}`, width, classes)) : module;
    });
    return network(
      { name, input, classes },
      sequence(
        stem,
        ...body,
        globalAveragePool('pool5'),
        flatten('flatten'),
        dropout('dropout', rate),
        dense('fc', classes),
      ),
    );
  },
};

function convRelu(name: string, filters: number, size: number, options: WindowOptions = {}): Block {
  return sequence(conv(name, filters, size, options), relu(`${name}_relu`));
}

/** Poolings are numbered by the stage that they end. */
function poolNumber(place: number): number {
  return 3 + modules.slice(0, place).filter(row => row === POOL).length;
}

/** 1x1 | 1x1, 3x3 | 1x1, 5x5 | pool, 1x1 (figure 2b). */
function reducedModule({ name, c1x1, r3x3, c3x3, r5x5, c5x5, pool }: Module, width: number): Block {
  const part = (layer: string, filters: number, size: number): Block =>
    convRelu(`inception${name}.${layer}`, scaled(filters, width), size);
  return parallel(
    `inception${name}.concat`,
    part('conv1x1', c1x1, 1),
    sequence(part('reduce3x3', r3x3, 1), part('conv3x3', c3x3, 3)),
    sequence(part('reduce5x5', r5x5, 1), part('conv5x5', c5x5, 5)),
    sequence(modulePool(name), part('project', pool, 1)),
  );
}

/** 1x1 | 3x3 | 5x5 | pool (figure 2a): the pooled maps are passed on whole, so that every module has more maps. */
function naiveModule({ name, c1x1, c3x3, c5x5 }: Module, width: number): Block {
  const part = (layer: string, filters: number, size: number): Block =>
    convRelu(`inception${name}.${layer}`, scaled(filters, width), size);
  return parallel(
    `inception${name}.concat`,
    part('conv1x1', c1x1, 1),
    part('conv3x3', c3x3, 3),
    part('conv5x5', c5x5, 5),
    modulePool(name),
  );
}

function modulePool(name: string): Block {
  return maxPool(`inception${name}.pool`, 3, { stride: 1, padding: 1 });
}

/** 5x5 mean at stride 3 (of the whole map where it is smaller), 1x1 to 128, 1024 units, dropout of 0.7, classifier. */
function head(name: string, width: number, classes: number): Block {
  return from => {
    const window = Math.min(5, from.shape[1], from.shape[2]);
    return auxiliaryHead(
      HEAD_WEIGHT,
      averagePool(`${name}.pool`, window, { stride: 3 }),
      convRelu(`${name}.conv`, scaled(128, width), 1),
      flatten(`${name}.flatten`),
      dense(`${name}.fc1`, scaled(1024, width)),
      relu(`${name}.fc1_relu`),
      dropout(`${name}.dropout`, 0.7),
      dense(`${name}.fc2`, classes),
    )(from);
  };
}
