import { describe, expect, it } from 'vitest';
import { loadEngine, type State, type Tensor, type Trainable } from '../../src/engine/index.js';
import {
  around,
  embeddedEngines,
  initialState,
  layerExamples,
  randomBatch,
  trainableFrom,
} from './small-networks.js';

const COUNT = 3;
const RANDOMNESS = { seed: 5, step: 2 };
/** Entries of each parameter that are looked at. */
const ENTRIES = 8;
/**
 * Losses near 1 are rounded to about 1e-7, so that a difference over 2 h is off by 1e-7 / h; the third derivative adds
 * about h^2. At this h both are far below the tolerance, and with these seeds no step crosses a kink of ReLU or a tie
 * of max-pooling.
 */
const H = 2e-3;
const TOLERANCE = 2e-3;

function shifted(state: State, name: string, place: number, by: number): State {
  const tensor = state.get(name) as Tensor;
  const data = tensor.data.slice();
  data[place] = (data[place] as number) + by;
  return new Map(state).set(name, { ...tensor, data });
}

async function lossAt(
  trainable: Trainable,
  state: State,
  batch: Parameters<Trainable['gradients']>[0],
): Promise<number> {
  await trainable.restore(state);
  return (await trainable.gradients(batch, RANDOMNESS)).loss;
}

describe.each(embeddedEngines)('gradients on %s', name => {
  it.each(layerExamples)('agree with central differences through $title', async ({ layer, inputs }) => {
    const net = around(layer, inputs);
    const [state, batch] = [initialState(net, 3), randomBatch(net, COUNT, 4)];
    const trainable = await trainableFrom(await loadEngine(name), net, state, COUNT);
    const { gradients } = await trainable.gradients(batch, RANDOMNESS);
    for (const [parameter, { data }] of gradients) {
      const stride = Math.max(1, Math.floor(data.length / ENTRIES));
      for (let place = 0; place < data.length; place += stride) {
        const above = await lossAt(trainable, shifted(state, parameter, place, H), batch);
        const below = await lossAt(trainable, shifted(state, parameter, place, -H), batch);
        const difference = (above - below) / (2 * H);
        expect(Math.abs(difference - (data[place] as number)), `${parameter}[${place}]`).toBeLessThan(
          TOLERANCE,
        );
      }
    }
    trainable.dispose();
  });
});
