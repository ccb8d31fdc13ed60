import { describe, expect, it } from 'vitest';
import { loadEngine, type State } from '../../src/engine/index.js';
import type { Network } from '../../src/network/index.js';
import { expectStatesClose } from './closeness.js';
import {
  around,
  initialState,
  layerExamples,
  narrowVggs,
  randomBatch,
  trainableFrom,
} from './small-networks.js';

/** Engines add up in different orders in 32-bit floats: sums of thousands of terms differ by some 1e-6 of their size. */
const TOLERANCE = 1e-5;
/** Through up to 19 layers and five updates such differences grow. */
const TRAINED_TOLERANCE = 1e-4;
const STEPS = 5;

interface Course {
  readonly losses: readonly number[];
  readonly gradients: State;
  readonly state: State;
}

async function course(engine: string, net: Network, count: number): Promise<Course> {
  const batch = randomBatch(net, count, 8);
  const trainable = await trainableFrom(await loadEngine(engine), net, initialState(net, 7), count);
  const { loss, gradients } = await trainable.gradients(batch, { seed: 1, step: 0 });
  const losses = [loss];
  for (let step = 0; step < STEPS; step++) {
    losses.push((await trainable.step(batch, { learningRate: 0.01, randomness: { seed: 1, step } })).loss);
  }
  const state = await trainable.state();
  trainable.dispose();
  return { losses, gradients, state };
}

async function expectParity(net: Network, count: number): Promise<void> {
  const [reference, wasm] = [await course('cpu', net, count), await course('wasm', net, count)];
  reference.losses.forEach((loss, i) => {
    expect(Math.abs((wasm.losses[i] as number) - loss), `loss ${i}`).toBeLessThan(TRAINED_TOLERANCE * loss);
  });
  expectStatesClose(wasm.gradients, reference.gradients, TOLERANCE);
  expectStatesClose(wasm.state, reference.state, TRAINED_TOLERANCE);
}

describe('cpu and wasm agree in loss, gradients, and weights and velocities after five steps', () => {
  it.each(layerExamples)('around $title', ({ layer, inputs }) => expectParity(around(layer, inputs), 4));

  it.each(narrowVggs().map(net => ({ name: net.name, net })))('on $name', ({ net }) => expectParity(net, 2));
});
