import { expect } from 'vitest';
import { type Batch, type Engine, loadEngine, type State } from '../../src/engine/index.js';
import { loadOnnxEngine } from '../../src/engine/onnx/engine.js';
import { portable } from '../../src/engine/onnx/target.js';
import type { Network } from '../../src/network/index.js';
import { expectStatesClose } from './closeness.js';
import { initialState, trainableFrom } from './small-networks.js';

/** Engines add up in different orders in 32-bit floats: sums of thousands of terms differ by some 1e-6 of their size. */
const TOLERANCE = 1e-5;
/** Batch norm divides what has been rounded by deviations below one, once a layer. */
const NORMALISED_TOLERANCE = 1e-4;
/** Through up to 40 layers and five updates such differences grow. */
const TRAINED_TOLERANCE = 1e-4;
/**
 * Gradients below this are compared in absolute terms: that of a bias in front of a batch norm is zero, and what
 * engines have instead is rounding of terms near one, 1e-7.
 */
const FLOOR = 0.02;
const STEPS = 5;

/** The embedded engines, with the lowerings that this machine may choose between, but for the reference. */
export const contenders: readonly { readonly title: string; load(): Promise<Engine> }[] = [
  { title: 'onnx', load: () => loadEngine('onnx') },
  { title: 'onnx, portable', load: () => loadOnnxEngine({ target: portable }) },
  { title: 'wasm', load: () => loadEngine('wasm') },
];

interface Course {
  readonly losses: readonly number[];
  /** Before the first step. */
  readonly gradients: State;
  /** After the last. */
  readonly state: State;
}

export interface ParityOptions {
  readonly steps?: number;
  /** Names of layers. */
  readonly frozen?: readonly string[];
}

async function course(
  engine: Engine,
  net: Network,
  batch: Batch,
  { steps = STEPS, frozen = [] }: ParityOptions,
): Promise<Course> {
  const trainable = await trainableFrom(engine, net, initialState(net, 7), batch.count, { frozen });
  const { loss, gradients } = await trainable.gradients(batch, { seed: 1, step: 0 });
  const losses = [loss];
  for (let step = 0; step < steps; step++) {
    losses.push((await trainable.step(batch, { learningRate: 0.01, randomness: { seed: 1, step } })).loss);
  }
  const state = await trainable.state();
  trainable.dispose();
  return { losses, gradients, state };
}

function gradientTolerance({ nodes }: Network): number {
  return nodes.some(({ layer }) => layer.kind === 'batchNorm') ? NORMALISED_TOLERANCE : TOLERANCE;
}

/** Expects of every contender what the reference engine computes: loss and gradients, and the course of some steps. */
export async function expectParity(net: Network, batch: Batch, options: ParityOptions = {}): Promise<void> {
  const reference = await course(await loadEngine('cpu'), net, batch, options);
  for (const { title, load } of contenders) {
    const { losses, gradients, state } = await course(await load(), net, batch, options);
    reference.losses.forEach((loss, i) => {
      expect(Math.abs((losses[i] ?? Number.NaN) - loss), `${title}, loss ${i}`).toBeLessThan(
        TRAINED_TOLERANCE * loss,
      );
    });
    expectStatesClose(gradients, reference.gradients, {
      tolerance: gradientTolerance(net),
      floor: FLOOR,
      title,
    });
    expectStatesClose(state, reference.state, { tolerance: TRAINED_TOLERANCE, floor: FLOOR, title });
  }
}
