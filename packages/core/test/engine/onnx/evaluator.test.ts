import { describe, expect, it } from 'vitest';
import { buildModel } from '../../../src/models/index.js';
import { elements, type Network } from '../../../src/network/index.js';
import { exampleBatch, exampleState, modelExamples, nesterov } from './networks.js';
import { targets } from './targets.js';

const named = modelExamples.map(net => ({ name: net.name, net }));

describe.each(await targets())('evaluator, $name', ({ engine }) => {
  const stateAfterOneStep = async (net: Network) => {
    const trainable = await engine.build(net, { batchSize: 8, optimizer: nesterov });
    await trainable.restore(exampleState(net));
    await trainable.step(exampleBatch(net, 8), { learningRate: 0.01, randomness: { seed: 1, step: 0 } });
    const state = await trainable.state();
    trainable.dispose();
    return state;
  };

  it.each(named)('$name: an image scores the same in any company', async ({ net }) => {
    const evaluator = await engine.evaluator(net, await stateAfterOneStep(net), { batchSize: 8 });
    const { images } = exampleBatch(net, 8);
    const all = await evaluator.logits(images, 8);
    const few = await evaluator.logits(images.subarray(0, 3 * elements(net.input)), 3);
    expect(few).toEqual(all.slice(0, 3 * net.classes));
    await expect(evaluator.logits(images, 9)).rejects.toThrow(/expected 1 to 8/);
    evaluator.dispose();
  });

  it('averages dense scores over places', async () => {
    const net = buildModel({
      name: 'vgg-a',
      options: { input: [3, 32, 32], classes: 10, width: 1 / 16, hidden: 16 },
    });
    const state = exampleState(net);
    const { images } = exampleBatch(net, 1);
    const small = await engine.evaluator(net, state, { batchSize: 1 });
    const large = await engine.evaluator(net, state, { batchSize: 1, inputShape: [3, 64, 64] });
    const scores = await large.logits(new Float32Array(3 * 64 * 64).fill(0.3), 1);
    expect(scores).toHaveLength(10);
    expect(scores.every(Number.isFinite)).toBe(true);
    expect(await small.logits(images, 1)).toHaveLength(10);
    small.dispose();
    large.dispose();
  });
});
