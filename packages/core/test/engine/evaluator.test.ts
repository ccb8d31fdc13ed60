import { describe, expect, it } from 'vitest';
import { loadEngine } from '../../src/engine/index.js';
import { buildModel } from '../../src/models/index.js';
import { conv, elements, network } from '../../src/network/index.js';
import { relativeDifference } from './closeness.js';
import { embeddedEngines, initialState, randomBatch } from './small-networks.js';

const net = buildModel({
  name: 'vgg-b',
  options: { input: [3, 32, 32], classes: 10, width: 1 / 32, hidden: 16 },
});
const state = initialState(net, 1);
const COUNT = 5;
const { images } = randomBatch(net, COUNT, 2);
const pixels = elements(net.input);

/** Kernels may add up differently for other batch sizes. */
const TOLERANCE = 1e-5;

describe.each(embeddedEngines)('an evaluator on %s', name => {
  it('gives the same logits for a smaller last batch', async () => {
    const evaluator = await (await loadEngine(name)).evaluator(net, state, { batchSize: COUNT });
    const all = await evaluator.logits(images, COUNT);
    const last = await evaluator.logits(images.slice(3 * pixels), 2);
    expect(all.length).toBe(COUNT * net.classes);
    expect(last.length).toBe(2 * net.classes);
    expect(relativeDifference(last, all.slice(3 * net.classes))).toBeLessThan(TOLERANCE);
    await expect(evaluator.logits(images, COUNT + 1)).rejects.toThrow('has 6 images; expected 1 to 5');
    evaluator.dispose();
  });

  it('needs the parameters alone, and names one that is missing', async () => {
    const engine = await loadEngine(name);
    const without = new Map([...state].filter(([key]) => key !== 'conv2_1.bias'));
    await expect(engine.evaluator(net, without, { batchSize: 1 })).rejects.toThrow('"conv2_1.bias"');
  });

  it('takes another input shape where the layers allow it', async () => {
    const engine = await loadEngine(name);
    const oneFilter = network(
      { name: 'one-filter', input: [1, 2, 2], classes: 2 },
      conv('logits', 2, 2, { padding: 0 }),
    );
    const weights = initialState(oneFilter, 3);
    const strided = { batchSize: 1, inputShape: [1, 2, 2] as const };
    const evaluator = await engine.evaluator(oneFilter, weights, strided);
    expect((await evaluator.logits(Float32Array.of(1, 2, 3, 4), 1)).length).toBe(2);
    evaluator.dispose();
    await expect(engine.evaluator(net, state, { batchSize: 1, inputShape: [3, 64, 64] })).rejects.toThrow(
      '"fc1.weight" is 16x16',
    );
  });
});
