import { describe, expect, it } from 'vitest';
import { type Batch, loadEngine } from '../../src/engine/index.js';
import { buildModel, type ModelOptions, modelFamilies } from '../../src/models/index.js';
import type { Network } from '../../src/network/index.js';
import { cifarBatch, NO_CIFAR10 } from './cifar-batch.js';
import { initialState, randomBatch, smallWideResNet, trainableFrom } from './small-networks.js';

/** Few enough images for each net to learn them by heart in seconds. */
const COUNT = 12;
const STEPS = 100;
/** At 0.004 and above the deepest nets leap out of the valley again; E is the last to be done, after 60 steps. */
const VGG_RATE = 0.001;
/** Batch norm bears more, and needs it in so few steps. */
const WRN_RATE = 0.02;
const LOSS = 0.05;

const nets = [
  ...modelFamilies.vgg.names.map(name => ({
    name,
    learningRate: VGG_RATE,
    net: buildModel({
      name,
      options: { input: [3, 32, 32], classes: 10, width: 1 / 8, hidden: 64, dropout: 0 },
    }),
  })),
  { name: 'wrn-10-1', learningRate: WRN_RATE, net: smallWideResNet({ input: [3, 32, 32], width: 1 / 2 }) },
];

/**
 * A member of every other family, without dropout. NiN with its dense head: under the average, a class whose maps are all below their
 * ReLU at the start never learns.
 */
const otherFamilies = [
  { name: 'lenet-5', learningRate: 0.01, family: modelFamilies.leNet, options: {} },
  { name: 'mlp-300-100', learningRate: 0.02, family: modelFamilies.multilayerPerceptron, options: {} },
  {
    name: 'alexnet',
    learningRate: 0.006,
    family: modelFamilies.alexNet,
    options: { width: 1 / 8, hidden: 32, dropout: 0 },
  },
  {
    name: 'alexnet-cifar',
    learningRate: 0.01,
    family: modelFamilies.alexNetCifar,
    options: { width: 1 / 2 },
  },
  {
    name: 'nin',
    learningRate: 0.005,
    family: modelFamilies.networkInNetwork,
    options: { width: 1 / 4, dropout: 0, head: 'dense' },
  },
  {
    name: 'inception-v1',
    learningRate: 0.005,
    family: modelFamilies.inception,
    options: { width: 1 / 8, heads: false, dropout: 0 },
  },
  { name: 'resnet-20', learningRate: 0.02, family: modelFamilies.resNet, options: {} },
  { name: 'preact-resnet-20', learningRate: 0.03, family: modelFamilies.preActivationResNet, options: {} },
].map(({ name, learningRate, family, options }) => ({
  name,
  learningRate,
  net: buildModel({ name, options: { ...family.small(name), ...(options as ModelOptions) } }),
}));

async function expectOverfitting(
  engine: string,
  { net, learningRate }: { readonly net: Network; readonly learningRate: number },
  batch: Batch,
): Promise<void> {
  const trainable = await trainableFrom(await loadEngine(engine), net, initialState(net, 1), COUNT);
  let last = await trainable.step(batch, { learningRate, randomness: { seed: 1, step: 0 } });
  expect(last.loss).toBeGreaterThan(1);
  for (let step = 1; step < STEPS; step++) {
    last = await trainable.step(batch, { learningRate, randomness: { seed: 1, step } });
  }
  trainable.dispose();
  expect(last.correct).toBe(COUNT);
  expect(last.loss).toBeLessThan(LOSS);
}

describe.each(['onnx', 'wasm'])('each net learns one batch by heart on %s', engine => {
  it.for(nets)('$name, CIFAR-10 images', async (tested, { skip }) => {
    const batch = cifarBatch(COUNT);
    if (!batch) return skip(NO_CIFAR10);
    await expectOverfitting(engine, tested, batch);
  });
});

describe('each net learns one batch by heart, where there are no photographs either', () => {
  it.each([...nets, ...otherFamilies])('$name, random images', tested =>
    expectOverfitting('onnx', tested, randomBatch(tested.net, COUNT, 6)),
  );
});
