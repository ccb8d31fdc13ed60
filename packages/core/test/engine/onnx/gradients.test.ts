import { describe, expect, it } from 'vitest';
import type { State, Tensor } from '../../../src/engine/engine.js';
import { exampleBatch, exampleState, layerExamples, nesterov, noise } from './networks.js';
import { targets } from './targets.js';

/** Small against curvature and the distance to the next kink, large against 1e-7 of rounding. */
const STRIDE = 5e-4;
const TOLERANCE = 1e-3;
const BATCH = 4;
const RANDOMNESS = { seed: 1, step: 0 };

function moved(state: State, direction: State, distance: number): State {
  return new Map(
    [...state].map(([name, { shape, data }]): [string, Tensor] => {
      const along = direction.get(name)?.data ?? [];
      return [name, { shape, data: data.map((x, i) => x + distance * (along[i] ?? 0)) }];
    }),
  );
}

function product(a: State, b: State): number {
  let sum = 0;
  for (const [name, { data }] of a) {
    const other = b.get(name)?.data ?? [];
    sum += data.reduce((part, x, i) => part + x * (other[i] ?? 0), 0);
  }
  return sum;
}

/** A random direction of length one. */
function randomDirection(state: State): State {
  const rough: State = new Map(
    [...state].map(([name, { shape, data }], i) => [name, { shape, data: noise(data.length, 500 + i) }]),
  );
  return moved(new Map([...rough].map(([name, tensor]) => [name, zeros(tensor)])), rough, 1 / norm(rough));
}

const zeros = ({ shape, data }: Tensor): Tensor => ({ shape, data: new Float32Array(data.length) });
const norm = (state: State): number => Math.sqrt(product(state, state));

describe.each(await targets())('the loss changes as its gradients say, $name', ({ engine }) => {
  it.each(layerExamples)('$title', async ({ net }) => {
    const trainable = await engine.build(net, { batchSize: BATCH, optimizer: nesterov });
    const batch = exampleBatch(net, BATCH);
    const state = exampleState(net);
    const direction = randomDirection(state);
    const lossAt = async (distance: number): Promise<number> => {
      await trainable.restore(moved(state, direction, distance));
      return (await trainable.gradients(batch, RANDOMNESS)).loss;
    };
    const measured = ((await lossAt(STRIDE)) - (await lossAt(-STRIDE))) / (2 * STRIDE);
    await trainable.restore(state);
    const { gradients } = await trainable.gradients(batch, RANDOMNESS);
    trainable.dispose();
    expect(Math.abs(measured - product(gradients, direction))).toBeLessThan(TOLERANCE);
  });
});
