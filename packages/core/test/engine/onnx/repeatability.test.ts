import { describe, expect, it } from 'vitest';
import type { Engine, State } from '../../../src/engine/engine.js';
import type { Network } from '../../../src/network/index.js';
import { exampleBatch, exampleState, modelExamples, nesterov } from './networks.js';
import { targets } from './targets.js';

const BATCH = 16;

async function train(
  engine: Engine,
  net: Network,
  threads: number,
  start: State,
  steps: number,
): Promise<State> {
  const trainable = await engine.build(net, { batchSize: BATCH, optimizer: nesterov, threads });
  await trainable.restore(start);
  for (let step = 0; step < steps; step++) {
    const batch = exampleBatch(net, BATCH, 100 + step);
    await trainable.step(batch, { learningRate: 0.02, randomness: { seed: 5, step } });
  }
  const state = await trainable.state();
  trainable.dispose();
  return state;
}

function bytes(state: State): Record<string, string> {
  return Object.fromEntries(
    [...state].map(([name, { data }]) => [name, Buffer.from(data.buffer).toString('base64')]),
  );
}

describe.each(await targets())('to the last bit, $name', ({ engine }) => {
  it.each(modelExamples.map(net => ({ name: net.name, net })))('$name', async ({ net }) => {
    const start = exampleState(net);
    const once = bytes(await train(engine, net, 2, start, 2));
    expect(bytes(await train(engine, net, 2, start, 2)), 'in a new session').toEqual(once);
    expect(bytes(await train(engine, net, 1, start, 2)), 'on one thread').toEqual(once);
  });
});

describe.each(await targets())('state, $name', ({ engine }) => {
  it('comes back as it was restored', async () => {
    const [net] = modelExamples.slice(2) as [Network];
    const start = exampleState(net);
    const trained = await train(engine, net, 1, start, 1);
    const trainable = await engine.build(net, { batchSize: BATCH, optimizer: nesterov });
    await trainable.restore(trained);
    expect(bytes(await trainable.state())).toEqual(bytes(trained));
    trainable.dispose();
  });

  it('that lacks a parameter, or holds another shape, is refused by name', async () => {
    const [net] = modelExamples.slice(2) as [Network];
    const trainable = await engine.build(net, { batchSize: BATCH, optimizer: nesterov });
    const lacking = new Map([...exampleState(net)].filter(([name]) => name !== 'fc.bias'));
    await expect(trainable.restore(lacking)).rejects.toThrow(/lacks "fc\.bias"/);
    const misshapen = new Map(exampleState(net)).set('fc.bias', { shape: [3], data: new Float32Array(3) });
    await expect(trainable.restore(misshapen)).rejects.toThrow(/"fc\.bias" is 3 in the state/);
    trainable.dispose();
  });
});
