import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { loadEngine } from '../../../src/engine/index.js';
import { embeddedEngines, initialState, narrowVggs, randomBatch, trainableFrom } from '../small-networks.js';

const [net] = narrowVggs().filter(({ name }) => name === 'vgg-a-lrn');
if (!net) throw new Error('no vgg-a-lrn');
const state = initialState(net, 1);
const batch = randomBatch(net, 2, 2);

describe.each(embeddedEngines)('%s', name => {
  it('holds as many tensors after each call as before, and none after dispose', async () => {
    const engine = await loadEngine(name);
    const before = memory().numTensors;
    const trainable = await trainableFrom(engine, net, state, 2);
    const held = memory().numTensors;
    expect(held - before).toBe(2 * state.size);
    for (const step of [0, 1, 2]) {
      await trainable.step(batch, { learningRate: 0.01, randomness: { seed: 1, step } });
      expect(memory().numTensors, `step ${step}`).toBe(held);
    }
    await trainable.gradients(batch, { seed: 1, step: 3 });
    await trainable.probe(['pool1', 'fc3'], batch);
    await trainable.restore(await trainable.state());
    expect(memory().numTensors).toBe(held);
    trainable.dispose();
    const evaluator = await engine.evaluator(net, state, { batchSize: 2 });
    await evaluator.logits(batch.images, 2);
    evaluator.dispose();
    expect(memory().numTensors).toBe(before);
  });
});
