import { describe, expect, it } from 'vitest';
import { loadEngine, momentumName, type State, type Trainable } from '../../src/engine/index.js';
import {
  type Block,
  batchNorm,
  conv,
  dense,
  dropout,
  flatten,
  type Network,
  network,
  relu,
  residual,
  sequence,
  tanh,
} from '../../src/network/index.js';
import { expectStatesClose } from './closeness.js';
import { contenders, expectParity } from './parity.js';
import { initialState, narrowModels, randomBatch, trainableFrom } from './small-networks.js';

/** A residual block with batch norm and dropout inside, in front of two layers. */
const body = (activation: (name: string) => Block): Block =>
  sequence(
    conv('conv1', 10, 3),
    batchNorm('bn1'),
    activation('relu1'),
    residual(
      'add',
      sequence(
        conv('conv2', 10, 3),
        batchNorm('bn2'),
        activation('relu2'),
        dropout('dropout2', 0.5),
        conv('conv3', 10, 3),
      ),
      sequence(),
    ),
    activation('relu3'),
    flatten('flatten'),
    dense('fc1', 12),
    dropout('dropout', 0.5),
    dense('fc2', 4),
  );
const shape = { input: [3, 6, 6], classes: 4 } as const;
const net = network({ name: 'frozen', ...shape }, body(relu));
/** Without kinks, for central differences. */
const smooth = network({ name: 'smooth', ...shape }, body(tanh));
const COUNT = 6;
const state = initialState(net, 1);
const batch = randomBatch(net, COUNT, 2);
const randomness = { seed: 3, step: 4 };
const options = (step: number) => ({ learningRate: 0.05, randomness: { seed: 3, step } });

/** What is frozen, from nothing below the classifier to a layer between others. */
const cases: readonly { readonly title: string; readonly frozen: readonly string[] }[] = [
  { title: 'the first layers', frozen: ['conv1', 'bn1', 'relu1'] },
  { title: 'a whole block', frozen: net.nodes.slice(0, 9).map(({ name }) => name) },
  { title: 'layers between others', frozen: ['bn2', 'dropout2', 'conv3', 'fc1'] },
  { title: 'all but a batch norm', frozen: net.nodes.map(n => n.name).filter(name => name !== 'bn1') },
];
const engines = [{ title: 'cpu', load: () => loadEngine('cpu') }, ...contenders];

const isOf = (layers: readonly string[], tensor: string): boolean =>
  layers.some(layer => tensor.startsWith(`${layer}.`));

describe.each(cases)('with $title frozen', ({ frozen }) => {
  it('every engine takes the same course as cpu', () => expectParity(net, batch, { frozen }));

  it.each(engines)('$title changes the rest alone, and keeps a state that is whole', async ({ load }) => {
    const trainable = await trainableFrom(await load(), net, state, COUNT, { frozen });
    for (const step of [0, 1]) await trainable.step(batch, options(step));
    const after = await trainable.state();
    trainable.dispose();
    const parameters = net.nodes.flatMap(node => node.parameters.map(({ name }) => `${node.name}.${name}`));
    const slots = parameters.filter(name => !isOf(frozen, name)).map(momentumName);
    expect([...after.keys()].sort()).toEqual([...state.keys(), ...slots].sort());
    for (const [name, { data }] of state) {
      const same = after.get(name)?.data.every((value, i) => value === data[i]);
      expect(same, name).toBe(isOf(frozen, name));
    }
  });

  it.each(engines)('$title goes on exactly where a saved state ended', async ({ load }) => {
    const engine = await load();
    const fresh = (from: State): Promise<Trainable> => trainableFrom(engine, net, from, COUNT, { frozen });
    const straight = await fresh(state);
    await straight.step(batch, options(0));
    const resumed = await fresh(await straight.state());
    for (const trainable of [straight, resumed]) await trainable.step(batch, options(1));
    expectStatesClose(await resumed.state(), await straight.state(), { tolerance: 0 });
    straight.dispose();
    resumed.dispose();
  });
});

/** Losses near 1 are rounded to about 1e-7; at this h that and the third derivative are far below the tolerance. */
const H = 2e-3;
const TOLERANCE = 2e-3;

describe.each(engines)('gradients on $title', ({ load }) => {
  it('pass through frozen layers as central differences say', async () => {
    const frozen = ['bn2', 'dropout2', 'conv3', 'fc1'];
    const trainable = await trainableFrom(await load(), smooth, state, COUNT, { frozen });
    const { gradients } = await trainable.gradients(batch, randomness);
    const lossWith = async (name: string, place: number, by: number): Promise<number> => {
      const { shape, data } = state.get(name) ?? { shape: [], data: new Float32Array() };
      await trainable.restore(
        new Map(state).set(name, { shape, data: data.with(place, (data[place] ?? 0) + by) }),
      );
      return (await trainable.gradients(batch, randomness)).loss;
    };
    expect([...gradients.keys()].filter(name => isOf(frozen, name))).toEqual([]);
    for (const name of ['conv1.weight', 'bn1.weight', 'conv2.weight', 'fc2.bias']) {
      for (const place of [0, 3]) {
        const difference = ((await lossWith(name, place, H)) - (await lossWith(name, place, -H))) / (2 * H);
        const gradient = gradients.get(name)?.data[place] ?? Number.NaN;
        expect(Math.abs(difference - gradient), `${name}[${place}]`).toBeLessThan(TOLERANCE);
      }
    }
    trainable.dispose();
  });

  it('of outputs of frozen layers can be probed', async () => {
    const frozen = net.nodes.slice(0, 9).map(({ name }) => name);
    const layers = ['relu1', 'conv3', 'fc1'];
    const trainable = await trainableFrom(await load(), net, state, COUNT, { frozen });
    const probed = await trainable.probe(layers, batch);
    for (const { gradientNorm } of probed.values()) expect(gradientNorm).toBeGreaterThan(0);
    trainable.dispose();
  });

  it('are those of the whole network, where freezing changes no output', async () => {
    const plain = narrowModels.find(({ name }) => name === 'vgg-a') as Network;
    const images = randomBatch(plain, 2, 5);
    const frozen = plain.nodes
      .slice(
        0,
        plain.nodes.findIndex(({ name }) => name === 'conv4_1'),
      )
      .map(n => n.name);
    const gradientsWith = async (layers: readonly string[]): Promise<State> => {
      const trainable = await trainableFrom(await load(), plain, initialState(plain, 1), 2, {
        frozen: layers,
      });
      const { gradients } = await trainable.gradients(images, randomness);
      trainable.dispose();
      return gradients;
    };
    const whole = await gradientsWith([]);
    const rest = [...whole].filter(([name]) => !isOf(frozen, name));
    expect(rest.length).toBeLessThan(whole.size);
    expectStatesClose(await gradientsWith(frozen), new Map(rest), { tolerance: 1e-6 });
  });

  it('need a layer that learns, by names that are there', async () => {
    const engine = await load();
    const build = (frozen: readonly string[]) => trainableFrom(engine, net, state, COUNT, { frozen });
    await expect(build(['conv9'])).rejects.toThrow('Network frozen has no layer "conv9"');
    await expect(build(net.nodes.map(({ name }) => name))).rejects.toThrow('every layer is frozen');
  });
});
