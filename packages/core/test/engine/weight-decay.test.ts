import { describe, expect, it } from 'vitest';
import { type DecayOn, decayOf, type State } from '../../src/engine/index.js';
import { batchNorm, conv, dense, flatten, network, relu, sequence } from '../../src/network/index.js';
import { contenders } from './parity.js';
import { initialState, momentumOptimizer, randomBatch, trainableFrom } from './small-networks.js';

const net = network(
  { name: 'decay', input: [2, 4, 4], classes: 3 },
  sequence(conv('conv', 4, 3), batchNorm('bn'), relu('relu'), flatten('flatten'), dense('fc', 3)),
);
const state = initialState(net, 1);
const batch = randomBatch(net, 4, 2);
const RATE = 0.1;
const DECAY = 0.5;

/** How far each parameter moved beyond its gradient, over what it was: the decay in one step without velocity. */
async function decays(engine: (typeof contenders)[number], decayOn: DecayOn): Promise<Map<string, number>> {
  const trainable = await trainableFrom(await engine.load(), net, state, 4, {
    optimizer: { ...momentumOptimizer, weightDecay: DECAY, decayOn },
  });
  const randomness = { seed: 1, step: 0 };
  const { gradients } = await trainable.gradients(batch, randomness);
  await trainable.step(batch, { learningRate: RATE, randomness });
  const after: State = await trainable.state();
  trainable.dispose();
  return new Map(
    [...gradients].map(([name, { data: gradient }]) => {
      const [before, now] = [state.get(name)?.data[0] ?? 0, after.get(name)?.data[0] ?? 0];
      return [name, (before - now - RATE * (gradient[0] ?? 0)) / (RATE * before)];
    }),
  );
}

const roles = {
  'conv.weight': 'weight',
  'conv.bias': 'bias',
  'bn.weight': 'scale',
  'bn.bias': 'bias',
  'fc.weight': 'weight',
  'fc.bias': 'bias',
} as const;

describe.each(contenders)('weight decay on $title', engine => {
  it.each<{ decayOn: DecayOn; decayed: readonly string[] }>([
    { decayOn: 'all', decayed: ['weight', 'bias', 'scale'] },
    { decayOn: 'weights', decayed: ['weight'] },
    { decayOn: ['weight', 'scale'], decayed: ['weight', 'scale'] },
    { decayOn: ['bias'], decayed: ['bias'] },
    { decayOn: [], decayed: [] },
  ])('on $decayOn is on these kinds of parameters alone', async ({ decayOn, decayed }) => {
    const found = await decays(engine, decayOn);
    for (const [name, role] of Object.entries(roles)) {
      const expected = decayed.includes(role) ? DECAY : 0;
      expect(found.get(name), name).toBeCloseTo(expected, 3);
      expect(decayOf({ ...momentumOptimizer, weightDecay: DECAY, decayOn }, role)).toBe(expected);
    }
  });
});
