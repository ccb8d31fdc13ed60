import { describe, expect, it } from 'vitest';
import { type Batch, loadEngine, momentumName, type State } from '../../src/engine/index.js';
import { messageOf, UsageError } from '../../src/errors/index.js';
import { buildModel } from '../../src/models/index.js';
import { expectStatesClose } from './closeness.js';
import { embeddedEngines, initialState, randomBatch, trainableFrom } from './small-networks.js';

const net = buildModel({
  name: 'vgg-a-lrn',
  options: { input: [3, 32, 32], classes: 10, width: 1 / 32, hidden: 16, lrnAlpha: 0.01 },
});
const COUNT = 2;
const state = initialState(net, 1);
const batch = randomBatch(net, COUNT, 2);
const options = (step: number) => ({ learningRate: 0.01, randomness: { seed: 9, step } });
const steps = [0, 1, 2];

describe.each(embeddedEngines)('a network on %s', name => {
  const fresh = async (from: State = state) => trainableFrom(await loadEngine(name), net, from, COUNT);

  it('hands back the state that it was given, with zero velocities', async () => {
    const trainable = await fresh();
    const held = await trainable.state();
    for (const [parameter, tensor] of state) {
      expect(held.get(parameter), parameter).toEqual(tensor);
      expect(
        held.get(momentumName(parameter))?.data.every(value => value === 0),
        parameter,
      ).toBe(true);
    }
    expect(held.size).toBe(2 * state.size);
    trainable.dispose();
  });

  it('is bit-identical when repeated, and when saved and restored on the way', async () => {
    const [straight, resumed] = [await fresh(), await fresh()];
    for (const step of steps) await straight.step(batch, options(step));
    await resumed.step(batch, options(0));
    const saved = await resumed.state();
    resumed.dispose();
    const after = await fresh(saved);
    for (const step of steps.slice(1)) await after.step(batch, options(step));
    expectStatesClose(await after.state(), await straight.state(), { tolerance: 0 });
    straight.dispose();
    after.dispose();
  });

  it('does not keep hold of the arrays that it is given or gives', async () => {
    const given = new Map([...state].map(([key, { shape, data }]) => [key, { shape, data: data.slice() }]));
    const trainable = await fresh(given);
    for (const { data } of given.values()) data.fill(7);
    for (const { data } of (await trainable.state()).values()) data.fill(8);
    expect((await trainable.state()).get('conv1_1.bias')).toEqual(state.get('conv1_1.bias'));
    trainable.dispose();
  });

  it('reports the loss of its gradients, and updates nothing by asking for them', async () => {
    const trainable = await fresh();
    const { loss, gradients } = await trainable.gradients(batch, options(0).randomness);
    expect([...gradients.keys()]).toEqual([...state.keys()]);
    expect((await trainable.step(batch, options(0))).loss).toBe(loss);
    trainable.dispose();
  });

  it.each([
    ['without', new Map([...state].filter(([key]) => key !== 'fc1.weight')), /"fc1\.weight".*16x16/],
    [
      'with a misshaped',
      new Map(state).set('fc1.weight', { shape: [4, 64], data: new Float32Array(256) }),
      /"fc1\.weight" is 4x64.*expect.* 16x16/,
    ],
  ])('refuses a state %s parameter by name, and keeps its own', async (_, broken, message) => {
    const trainable = await fresh();
    await expect(trainable.restore(broken)).rejects.toThrow(message);
    expect((await trainable.state()).get('fc1.weight')).toEqual(state.get('fc1.weight'));
    trainable.dispose();
  });

  it.each([
    ['more images than the batch size', { ...batch, count: 3 }, /3 images/],
    ['too few pixels', { ...batch, images: new Float32Array(5) }, /5 (pixel )?values.*6144/],
  ])('refuses a batch with %s', async (_, broken, message) => {
    const trainable = await fresh();
    await expect(trainable.step(broken, options(0))).rejects.toThrow(message);
    trainable.dispose();
  });

  it('probes outputs and their gradients', async () => {
    const trainable = await fresh();
    const { gradients } = await trainable.gradients(batch, options(0).randomness);
    const probed = await trainable.probe(['conv1_1', 'relu1_1', 'fc3'], batch);
    expect([...probed.keys()]).toEqual(['conv1_1', 'relu1_1', 'fc3']);
    expect(probed.get('relu1_1')?.mean).toBeGreaterThan(0);
    expect(probed.get('conv1_1')?.deviation).toBeGreaterThan(0);
    // Each row of the logits' gradient is softmax minus one-hot over the count: at most sqrt(2) / count long.
    const norm = probed.get('fc3')?.gradientNorm ?? 0;
    expect(norm).toBeGreaterThan(0);
    expect(norm).toBeLessThanOrEqual(Math.sqrt(2 / COUNT));
    await expect(trainable.probe(['conv9'], batch)).rejects.toThrow('no layer "conv9"');
    expect(gradients.size).toBe(state.size);
    trainable.dispose();
  });
});

describe.each(embeddedEngines)('a network on %s refuses', name => {
  const refusal = async (broken: Batch) => {
    const trainable = await trainableFrom(await loadEngine(name), net, state, COUNT);
    const outcome = await trainable.step(broken, options(0)).catch((error: unknown) => error);
    trainable.dispose();
    return outcome;
  };

  it('a batch with an unknown class', async () => {
    const outcome = await refusal({ ...batch, labels: Int32Array.of(0, 10) });
    expect(outcome).toBeInstanceOf(UsageError);
    expect(messageOf(outcome)).toMatch(/label 10; network vgg-a-lrn knows 0 to 9/);
  });

  it('a batch of another size', async () => {
    const outcome = await refusal(randomBatch(net, 1, 3));
    expect(outcome).toBeInstanceOf(UsageError);
    expect(messageOf(outcome)).toMatch(/^A batch holds 1 images .* was built for 2/);
  });
});

it('keeps engines apart that are alive in one process', async () => {
  const alone = await Promise.all(embeddedEngines.map(name => run(name)));
  const together = await Promise.all(
    embeddedEngines.map(async name => trainableFrom(await loadEngine(name), net, state, COUNT)),
  );
  for (const step of steps)
    await Promise.all(together.map(trainable => trainable.step(batch, options(step))));
  for (const [i, trainable] of together.entries()) {
    expectStatesClose(await trainable.state(), alone[i] as State, { tolerance: 0 });
    trainable.dispose();
  }

  async function run(name: string): Promise<State> {
    const trainable = await trainableFrom(await loadEngine(name), net, state, COUNT);
    for (const step of steps) await trainable.step(batch, options(step));
    const end = await trainable.state();
    trainable.dispose();
    return end;
  }
});
