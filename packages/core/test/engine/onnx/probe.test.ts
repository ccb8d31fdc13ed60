import { describe, expect, it } from 'vitest';
import { exampleBatch, exampleState, modelExamples, nesterov } from './networks.js';
import { targets } from './targets.js';

const BATCH = 8;
const engines = await targets();

/** Statistics of every layer: fused ones are taken apart. */
async function probeAll(net: (typeof modelExamples)[number], engine: (typeof engines)[number]['engine']) {
  const trainable = await engine.build(net, { batchSize: BATCH, optimizer: nesterov });
  await trainable.restore(exampleState(net));
  const layers = net.nodes.map(node => node.name);
  const statistics = await trainable.probe(layers, exampleBatch(net, BATCH));
  trainable.dispose();
  return statistics;
}

describe.each(modelExamples.map(net => ({ name: net.name, net })))('probes of $name', ({ net }) => {
  it('say the same of every layer on every target', async () => {
    const [expected, ...others] = await Promise.all(engines.map(({ engine }) => probeAll(net, engine)));
    expect([...(expected?.keys() ?? [])]).toEqual(net.nodes.map(node => node.name));
    for (const actual of others) {
      for (const [name, { mean, deviation, gradientNorm }] of expected ?? []) {
        const found = actual.get(name);
        expect(found?.mean, `mean of ${name}`).toBeCloseTo(mean, 4);
        expect(found?.deviation, `deviation of ${name}`).toBeCloseTo(deviation, 4);
        expect(found?.gradientNorm, `gradient norm of ${name}`).toBeCloseTo(gradientNorm, 4);
      }
    }
  });

  it('see a gradient wherever parameters come before', async () => {
    const [first] = engines;
    if (!first) throw new Error('no target');
    for (const [name, { gradientNorm, deviation }] of await probeAll(net, first.engine)) {
      expect(gradientNorm, name).toBeGreaterThan(0);
      expect(deviation, name).toBeGreaterThan(0);
    }
  });
});
