import { describe, expect, it } from 'vitest';
import { loadEngine } from '../../src/engine/index.js';
import { buildModel } from '../../src/models/index.js';
import {
  conv,
  dense,
  elements,
  flatten,
  network,
  relu,
  type Shape,
  sequence,
} from '../../src/network/index.js';
import { normalArray, streamKey } from '../../src/random/index.js';
import { relativeDifference } from './closeness.js';
import { embeddedEngines, initialState, narrowModel, randomBatch } from './small-networks.js';

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
    await expect(evaluator.logits(images, COUNT + 1)).rejects.toThrow(/6 images.*expected 1 to 5/);
    evaluator.dispose();
  });

  it('needs the parameters alone, and names one that is missing', async () => {
    const engine = await loadEngine(name);
    const without = new Map([...state].filter(([key]) => key !== 'conv2_1.bias'));
    await expect(engine.evaluator(net, without, { batchSize: 1 })).rejects.toThrow('"conv2_1.bias"');
  });

  it('gives on larger images the mean of its logits over all places', async () => {
    const engine = await loadEngine(name);
    const weights = initialState(unpadded, 3);
    const inputShape = [1, 6, 7] as const;
    const image = normalArray(elements(inputShape), streamKey(5, 'subset', 'image'), 1);
    const small = await engine.evaluator(unpadded, weights, { batchSize: 12 });
    const crops = cropsOf(image, inputShape, unpadded.input);
    const logits = await small.logits(Float32Array.from(crops.flat()), crops.length);
    const expected = [0, 1, 2].map(
      unit => crops.reduce((sum, _, crop) => sum + (logits[3 * crop + unit] ?? 0), 0) / crops.length,
    );
    const large = await engine.evaluator(unpadded, weights, { batchSize: 1, inputShape });
    expect(crops).toHaveLength(12);
    expect(relativeDifference(await large.logits(image, 1), expected)).toBeLessThan(TOLERANCE);
    small.dispose();
    large.dispose();
  });

  it('refuses images that the layers do not fit', async () => {
    const engine = await loadEngine(name);
    const at = (inputShape: Shape) => engine.evaluator(net, state, { batchSize: 1, inputShape });
    await expect(at([3, 8, 8])).rejects.toThrow(/layer "pool4".*does not fit/);
    await expect(at([1, 32, 32])).rejects.toThrow('takes images of 3 channels, not 1');
  });
});

/** Without padding every place sees what a crop of the image shows. */
const unpadded = network(
  { name: 'unpadded', input: [1, 4, 4], classes: 3 },
  sequence(
    conv('conv', 4, 3, { padding: 0 }),
    relu('relu'),
    flatten('flatten'),
    dense('fc', 5),
    relu('relu_fc'),
    dense('logits', 3),
  ),
);

/** Every window of `[channels, height, width]` pixels, in rows. */
function cropsOf(image: Float32Array, [, height, width]: Shape, [, rows, columns]: Shape): number[][] {
  const crops: number[][] = [];
  for (let top = 0; top + rows <= height; top++) {
    for (let left = 0; left + columns <= width; left++) {
      const places = Array.from(
        { length: rows * columns },
        (_, i) => (top + Math.floor(i / columns)) * width + left + (i % columns),
      );
      crops.push(places.map(place => image[place] ?? 0));
    }
  }
  return crops;
}

describe('dense evaluation', () => {
  const inputShape = [3, 64, 48] as const;
  it.each(['vgg-c', 'wrn-16-1'])('of %s is the same on every engine', async model => {
    const narrow = narrowModel(model);
    const weights = initialState(narrow, 1);
    const image = normalArray(elements(inputShape), streamKey(6, 'subset', 'image'), 1);
    const [reference, ...others] = await Promise.all(
      embeddedEngines.map(async engineName => {
        const evaluator = await (await loadEngine(engineName)).evaluator(narrow, weights, {
          batchSize: 1,
          inputShape,
        });
        const logits = await evaluator.logits(image, 1);
        evaluator.dispose();
        return logits;
      }),
    );
    for (const logits of others) expect(relativeDifference(logits, reference ?? [])).toBeLessThan(TOLERANCE);
  });
});
