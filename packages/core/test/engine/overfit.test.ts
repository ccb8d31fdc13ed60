import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Batch, loadEngine } from '../../src/engine/index.js';
import { buildModel, modelFamilies } from '../../src/models/index.js';
import { elements, type Network } from '../../src/network/index.js';
import { initialState, randomBatch, trainableFrom } from './small-networks.js';

/** Few enough images for each net to learn them by heart in seconds. */
const COUNT = 12;
const STEPS = 100;
/** At 0.004 and above the deepest nets leap out of the valley again; E is the last to be done, after 60 steps. */
const LEARNING_RATE = 0.001;
const LOSS = 0.05;

const nets = modelFamilies.vgg.names.map(name => ({
  name,
  net: buildModel({
    name,
    options: { input: [3, 32, 32], classes: 10, width: 1 / 8, hidden: 64, dropout: 0 },
  }),
}));

async function expectOverfitting(net: Network, batch: Batch): Promise<void> {
  const trainable = await trainableFrom(await loadEngine('wasm'), net, initialState(net, 1), COUNT);
  let last = await trainable.step(batch, { learningRate: LEARNING_RATE, randomness: { seed: 1, step: 0 } });
  expect(last.loss).toBeGreaterThan(1);
  for (let step = 1; step < STEPS; step++) {
    last = await trainable.step(batch, { learningRate: LEARNING_RATE, randomness: { seed: 1, step } });
  }
  trainable.dispose();
  expect(last.correct).toBe(COUNT);
  expect(last.loss).toBeLessThan(LOSS);
}

/** One label byte and 3072 planar pixel bytes a record. */
const RECORD = 3073;

function cifarBatchFile(): string | undefined {
  const root = fileURLToPath(new URL('../../../..', import.meta.url));
  const dataDir = process.env.STRATA_DATA_DIR ?? path.join(root, '../shared/data');
  const file = path.join(dataDir, 'cifar10/cifar-10-batches-bin/data_batch_1.bin');
  return existsSync(file) ? file : undefined;
}

function cifarBatch(file: string, net: Network): Batch {
  const records = readFileSync(file).subarray(0, COUNT * RECORD);
  const pixels = elements(net.input);
  return {
    images: Float32Array.from(
      { length: COUNT * pixels },
      (_, i) => ((records[Math.floor(i / pixels) * RECORD + 1 + (i % pixels)] ?? 0) - 120) / 64,
    ),
    labels: Int32Array.from({ length: COUNT }, (_, i) => records[i * RECORD] ?? 0),
    count: COUNT,
  };
}

describe('each VGG learns one batch by heart on wasm', () => {
  it.for(nets)('$name, CIFAR-10 images', async ({ net }, { skip }) => {
    const file = cifarBatchFile();
    if (!file) return skip('no CIFAR-10 in STRATA_DATA_DIR');
    await expectOverfitting(net, cifarBatch(file, net));
  });

  it.each(nets)('$name, random images', ({ net }) => expectOverfitting(net, randomBatch(net, COUNT, 6)));
});
