import { type TestImages, testImages } from '@strata/core/data';
import { loadEngine } from '@strata/core/engine';
import { UsageError } from '@strata/core/errors';
import { conv, dense, flatten, network, relu, sequence } from '@strata/core/network';
import {
  type EvaluatedNetwork,
  evaluate,
  namedProtocols,
  type Protocol,
  WHOLE_IMAGE,
} from '@strata/core/training';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildModel } from '../../src/models/index.js';
import { batchSizeAt } from '../../src/training/evaluate.js';
import { countedImages } from '../data/images.js';
import { initialState } from '../engine/small-networks.js';
import { anyProtocol, CROP } from './arbitrary-protocol.js';

const CLASSES = 4;
const net = network(
  { name: 'small', input: [2, CROP, CROP], classes: CLASSES },
  sequence(conv('conv', 3, 3, { padding: 0 }), relu('relu'), flatten('flatten'), dense('fc', CLASSES)),
);

function imagesOf(height: number, width: number, count = 6): TestImages {
  return testImages(countedImages(count, [2, height, width], CLASSES), {
    normalisation: { kind: 'mean-deviation' },
    statistics: { mean: [100, 100], deviation: [60, 60] },
  });
}
const large = imagesOf(9, 11);
const exact = imagesOf(CROP, CROP);

/** Says the same of every view. `alive` counts the evaluators that are there at once. */
function saying(logits: readonly number[], images = large, alive = { now: 0, most: 0 }): EvaluatedNetwork {
  return {
    network: net,
    images,
    async evaluatorAt() {
      alive.now++;
      alive.most = Math.max(alive.most, alive.now);
      return {
        logits: async (_, count) =>
          Float32Array.from({ length: count * CLASSES }, (_, i) => logits[i % CLASSES] ?? 0),
        dispose() {
          alive.now--;
        },
      };
    },
  };
}

const onnx = await loadEngine('onnx');

function trained(seed: number, images = large): EvaluatedNetwork {
  const weights = initialState(net, seed);
  return {
    network: net,
    images,
    evaluatorAt: (inputShape, batchSize) => onnx.evaluator(net, weights, { inputShape, batchSize }),
  };
}

describe('every protocol', () => {
  it('finds what a network says that says the same of every view, one evaluator at a time', async () => {
    const expected = await evaluate([saying([1, 3, 2, 0], exact)], WHOLE_IMAGE);
    expect(expected).toMatchObject({ count: 6, predicted: [1, 1, 1, 1, 1, 1] });
    await fc.assert(
      fc.asyncProperty(anyProtocol, async protocol => {
        const alive = { now: 0, most: 0 };
        const found = await evaluate([saying([1, 3, 2, 0], large, alive)], protocol);
        expect(found.rank).toEqual(expected.rank);
        expect(found.loss).toBeCloseTo(expected.loss ?? 0, 6);
        expect(alive).toEqual({ now: 0, most: 1 });
      }),
      { numRuns: 20 },
    );
  });

  it('is one pass over an image of the size of a crop, but for flips', async () => {
    const plain = await evaluate([trained(1, exact)], WHOLE_IMAGE);
    const same: readonly Protocol[] = [
      { kind: 'centre-crop' },
      { kind: 'grid-crop', grid: 3, flip: false },
      { kind: 'dense', flip: false },
      { kind: 'dense', flip: false, scales: [CROP] },
    ];
    for (const protocol of same) expect(await evaluate([trained(1, exact)], protocol)).toEqual(plain);
    const flipped = await evaluate([trained(1, exact)], { kind: 'dense', flip: true });
    expect(flipped.loss).not.toBeCloseTo(plain.loss ?? 0, 3);
    expect((await evaluate([trained(1, exact)], { kind: 'ten-crop' })).loss).toBeCloseTo(
      flipped.loss ?? 0,
      6,
    );
  });
});

describe('several networks', () => {
  it('average their softmax outputs', async () => {
    const together = await evaluate([saying([4, 0, 0, 0]), saying([0, 2, 0, 0])], namedProtocols['ten-crop']);
    const share = (logit: number): number => Math.exp(logit) / (Math.exp(logit) + 3);
    const mean = [share(4) + (1 - share(2)) / 3, (1 - share(4)) / 3 + share(2)].map(sum => sum / 2);
    // Labels are 0, 3, 2, 1, 0, 3; classes 2 and 3 share what is left.
    const rest = (1 - (mean[0] ?? 0) - (mean[1] ?? 0)) / 2;
    const loss = [0, 3, 2, 1, 0, 3].map(label => -Math.log(mean[label] ?? rest));
    expect(together.loss).toBeCloseTo(loss.reduce((a, b) => a + b, 0) / 6, 6);
    expect(together.predicted).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('in any order give the same, and one of them twice what it gives alone', async () => {
    const protocol = namedProtocols['multi-crop+dense'];
    const [a, b] = [trained(1), trained(2)];
    const together = await evaluate([a, b], protocol);
    const other = await evaluate([b, a], protocol);
    expect(other.rank).toEqual(together.rank);
    expect(other.loss).toBeCloseTo(together.loss ?? 0, 9);
    const alone = await evaluate([a], protocol);
    const twice = await evaluate([a, a], protocol);
    expect(twice.rank).toEqual(alone.rank);
    expect(twice.loss).toBeCloseTo(alone.loss ?? 0, 9);
  });

  it('that were not tested on the same images are refused', async () => {
    const fewer = saying([1, 0, 0, 0], imagesOf(9, 11, 5));
    await expect(evaluate([saying([1, 0, 0, 0]), fewer], namedProtocols.dense)).rejects.toThrow(
      /small and small cannot be tested together: their test images are not the same/,
    );
  });
});

describe('an evaluator', () => {
  it('is disposed of when the network fails', async () => {
    const alive = { now: 0, most: 0 };
    const failing = saying([], large, alive);
    const tested: EvaluatedNetwork = {
      ...failing,
      async evaluatorAt(shape, batchSize) {
        const evaluator = await failing.evaluatorAt(shape, batchSize);
        return { ...evaluator, logits: () => Promise.reject(new Error('out of memory')) };
      },
    };
    await expect(evaluate([tested], namedProtocols.dense)).rejects.toThrow('out of memory');
    expect(alive).toEqual({ now: 0, most: 1 });
  });

  it('is not asked for where the images do not suit', async () => {
    const alive = { now: 0, most: 0 };
    await expect(evaluate([saying([], large, alive)], WHOLE_IMAGE)).rejects.toThrow(UsageError);
    expect(alive.most).toBe(0);
  });

  it('takes fewer images at a time the larger they are', () => {
    const vgg = buildModel({ name: 'vgg-d', options: {} });
    // conv1_1 has 64 maps of the image's size.
    expect(batchSizeAt(vgg, [3, 224, 224])).toBe(Math.floor(2 ** 25 / (64 * 224 * 224)));
    expect(batchSizeAt(vgg, [3, 512, 512])).toBe(2);
    expect(batchSizeAt(net, net.input)).toBe(100);
  });
});
