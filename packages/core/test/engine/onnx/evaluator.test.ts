import { describe, expect, it } from 'vitest';
import {
  conv,
  dense,
  elements,
  flatten,
  type Network,
  network,
  sequence,
} from '../../../src/network/index.js';
import { exampleBatch, exampleState, modelExamples, nesterov, noise } from './networks.js';
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

  it('averages the scores of every place of a larger image', async () => {
    const body = sequence(conv('conv', 9, 1), flatten('flatten'), dense('fc1', 6), dense('fc2', 3));
    const net = network({ name: 'dense evaluation', input: [2, 2, 2], classes: 3 }, body);
    const state = exampleState(net);
    const small = await engine.evaluator(net, state, { batchSize: 2 });
    const large = await engine.evaluator(net, state, { batchSize: 1, inputShape: [2, 2, 3] });
    const image = noise(12, 77);
    const cut = (left: number): number[] =>
      [0, 3, 6, 9].flatMap(row => [image[row + left], image[row + left + 1]] as number[]);
    const places = await small.logits(Float32Array.from([...cut(0), ...cut(1)]), 2);
    const scores = await large.logits(image, 1);
    scores.forEach((score, i) => {
      expect(score).toBeCloseTo(((places[i] ?? Number.NaN) + (places[i + 3] ?? Number.NaN)) / 2, 5);
    });
    small.dispose();
    large.dispose();
  });
});
