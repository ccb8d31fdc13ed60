import { describe, expect, it } from 'vitest';
import { loadEngine, type State, type Tensor } from '../../src/engine/index.js';
import { batchNorm, dense, elements, flatten, network, sequence } from '../../src/network/index.js';
import { expectStatesClose, relativeDifference } from './closeness.js';
import {
  embeddedEngines,
  initialState,
  randomBatch,
  smallWideResNet,
  trainableFrom,
} from './small-networks.js';

const net = smallWideResNet();
const state = initialState(net, 1);
const COUNT = 3;
const batch = randomBatch(net, COUNT, 2);
const options = (step: number) => ({ learningRate: 0.01, randomness: { seed: 9, step } });
const statisticNames = net.nodes.flatMap(node => node.statistics.map(({ name }) => `${node.name}.${name}`));

const MOMENTUM = 0.8;
const normalised = network(
  { name: 'normalised', input: [2, 3, 2], classes: 3 },
  sequence(batchNorm('bn', { momentum: MOMENTUM }), flatten('vector'), dense('logits', 3)),
);

/** Mean and unbiased variance of one channel of the images. */
function momentsOf(images: Float32Array, channel: number): { mean: number; variance: number } {
  const [channels, height, width] = normalised.input;
  const values = [...images].filter((_, i) => Math.floor(i / (height * width)) % channels === channel);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, variance: squares / (values.length - 1) };
}

describe.each(embeddedEngines)('running statistics on %s', name => {
  const fresh = async (from: State = state) => trainableFrom(await loadEngine(name), net, from, COUNT);

  it('move by the momentum towards mean and unbiased variance of the batch', async () => {
    const before = initialState(normalised, 3);
    const trainable = await trainableFrom(await loadEngine(name), normalised, before, COUNT);
    const images = randomBatch(normalised, COUNT, 4);
    await trainable.step(images, options(0));
    const after = await trainable.state();
    trainable.dispose();
    const moved = (statistic: string, batchValues: number[]): number[] =>
      batchValues.map(
        (value, i) => MOMENTUM * (before.get(statistic)?.data[i] ?? 0) + (1 - MOMENTUM) * value,
      );
    const moments = [0, 1].map(channel => momentsOf(images.images, channel));
    const expected = {
      'bn.running_mean': moved(
        'bn.running_mean',
        moments.map(({ mean }) => mean),
      ),
      'bn.running_var': moved(
        'bn.running_var',
        moments.map(({ variance }) => variance),
      ),
    };
    for (const [statistic, values] of Object.entries(expected)) {
      // Sums of 18 terms in 32-bit floats.
      expect(relativeDifference(after.get(statistic)?.data ?? [], values), statistic).toBeLessThan(1e-6);
    }
  });

  it('are handed back as given, and start at their initial values where a state lacks them', async () => {
    const trainable = await fresh();
    const held = await trainable.state();
    for (const statistic of statisticNames) expect(held.get(statistic)).toEqual(state.get(statistic));
    await trainable.restore(new Map([...state].filter(([key]) => !statisticNames.includes(key))));
    const defaults = await trainable.state();
    expect(new Set(defaults.get('bn.running_mean')?.data)).toEqual(new Set([0]));
    expect(new Set(defaults.get('bn.running_var')?.data)).toEqual(new Set([1]));
    trainable.dispose();
  });

  it('do not move by asking for gradients or probing', async () => {
    const trainable = await fresh();
    await trainable.gradients(batch, options(0).randomness);
    await trainable.probe(['bn'], batch);
    expectStatesClose(await trainable.state(), await (await fresh()).state(), { tolerance: 0 });
    trainable.dispose();
  });

  it('are saved and restored on the way, to the bit', async () => {
    const [straight, resumed] = [await fresh(), await fresh()];
    for (const step of [0, 1]) await straight.step(batch, options(step));
    await resumed.step(batch, options(0));
    const after = await fresh(await resumed.state());
    await after.step(batch, options(1));
    expectStatesClose(await after.state(), await straight.state(), { tolerance: 0 });
    for (const trainable of [straight, resumed, after]) trainable.dispose();
  });

  it('refuse another shape by name', async () => {
    const trainable = await fresh();
    const broken = new Map(state).set('bn.running_var', { shape: [5], data: new Float32Array(5) });
    await expect(trainable.restore(broken)).rejects.toThrow(/"bn\.running_var".*24/);
    trainable.dispose();
  });

  it('are what an evaluator goes by', async () => {
    const engine = await loadEngine(name);
    const evaluator = await engine.evaluator(net, state, { batchSize: COUNT });
    const shifted = new Map(state).set(
      'bn.running_mean',
      shiftedBy(state.get('bn.running_mean') as Tensor, 1),
    );
    const other = await engine.evaluator(net, shifted, { batchSize: COUNT });
    const [all, moved] = [
      await evaluator.logits(batch.images, COUNT),
      await other.logits(batch.images, COUNT),
    ];
    const one = await evaluator.logits(batch.images.slice(0, elements(net.input)), 1);
    expect(relativeDifference(one, all.slice(0, net.classes))).toBeLessThan(1e-5);
    expect(relativeDifference(moved, all)).toBeGreaterThan(0.01);
    const without = new Map([...state].filter(([key]) => key !== 'bn.running_mean'));
    await expect(engine.evaluator(net, without, { batchSize: 1 })).rejects.toThrow('"bn.running_mean"');
    evaluator.dispose();
    other.dispose();
  });
});

it('a layer behind batch norm is probed alike by every engine', async () => {
  const probes = await Promise.all(
    embeddedEngines.map(async name => {
      const trainable = await trainableFrom(await loadEngine(name), net, state, COUNT);
      const probed = await trainable.probe(['group1.block1.bn2', 'bn'], batch);
      trainable.dispose();
      return probed;
    }),
  );
  const [reference, ...others] = probes;
  for (const [layer, { mean, deviation, gradientNorm }] of reference ?? []) {
    for (const other of others) {
      const found = other.get(layer);
      const values = [found?.mean ?? 0, found?.deviation ?? 0, found?.gradientNorm ?? 0];
      // 32-bit sums over a thousand values.
      expect(relativeDifference(values, [mean, deviation, gradientNorm]), layer).toBeLessThan(1e-5);
    }
  }
});

function shiftedBy({ shape, data }: Tensor, by: number): Tensor {
  return { shape, data: data.map(value => value + by) };
}
