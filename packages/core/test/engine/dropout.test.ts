import { describe, expect, it } from 'vitest';
import { loadEngine, type State } from '../../src/engine/index.js';
import { dense, dropout, network, sequence } from '../../src/network/index.js';
import { dropoutMask, streamKey } from '../../src/random/index.js';
import { embeddedEngines, trainableFrom } from './small-networks.js';

const UNITS = 4000;
const RATE = 0.3;
const net = network(
  { name: 'dropped', input: [UNITS, 1, 1], classes: 2 },
  sequence(dropout('drop', RATE), dense('logits', 2, { bias: false })),
);
const zeroWeights: State = new Map([
  ['logits.weight', { shape: [2, UNITS], data: new Float32Array(2 * UNITS) }],
]);
const batch = { images: new Float32Array(UNITS).fill(1), labels: Int32Array.of(0), count: 1 };

/** With zero weights both classes have probability 1/2, so that the first row's gradient is -1/2 times the mask. */
async function maskOn(engine: string, seed: number, step: number): Promise<Float32Array> {
  const trainable = await trainableFrom(await loadEngine(engine), net, zeroWeights, 1);
  const { gradients } = await trainable.gradients(batch, { seed, step });
  trainable.dispose();
  return (gradients.get('logits.weight')?.data ?? new Float32Array())
    .slice(0, UNITS)
    .map(value => 0 - 2 * value);
}

describe.each(embeddedEngines)('dropout on %s', engine => {
  it('draws the mask of (seed, step, layer)', async () => {
    const expected = dropoutMask(UNITS, streamKey(11, 'dropout', 4, 'drop'), RATE);
    expect(await maskOn(engine, 11, 4)).toEqual(expected);
  });

  it('drops its share and keeps the mean', async () => {
    const mask = await maskOn(engine, 12, 0);
    const dropped = mask.filter(value => value === 0).length / UNITS;
    // Four standard errors of a proportion.
    expect(Math.abs(dropped - RATE)).toBeLessThan(4 * Math.sqrt((RATE * (1 - RATE)) / UNITS));
    const mean = mask.reduce((sum, value) => sum + value, 0) / UNITS;
    expect(Math.abs(mean - 1)).toBeLessThan(0.06);
  });

  it('draws another mask at another step and for another seed', async () => {
    const mask = await maskOn(engine, 11, 4);
    expect(await maskOn(engine, 11, 5)).not.toEqual(mask);
    expect(await maskOn(engine, 12, 4)).not.toEqual(mask);
  });

  it('is the identity in evaluation', async () => {
    const ones = { shape: [2, UNITS], data: new Float32Array(2 * UNITS).fill(1) };
    const evaluator = await (await loadEngine(engine)).evaluator(net, new Map([['logits.weight', ones]]), {
      batchSize: 1,
    });
    expect(await evaluator.logits(batch.images, 1)).toEqual(Float32Array.of(UNITS, UNITS));
    evaluator.dispose();
  });
});
