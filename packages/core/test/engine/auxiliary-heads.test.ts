import { describe, expect, it } from 'vitest';
import { type Batch, type Engine, loadEngine, type State } from '../../src/engine/index.js';
import { mainPath, type Network } from '../../src/network/index.js';
import { weightsOf } from '../../src/training/index.js';
import { HEADS, parts, withHeads } from './auxiliary-networks.js';
import { expectStatesClose } from './closeness.js';
import { contenders, expectParity } from './parity.js';
import { initialState, randomBatch, trainableFrom } from './small-networks.js';

const COUNT = 5;
const state = initialState(withHeads, 1);
const batch = randomBatch(withHeads, COUNT, 2);
const randomness = { seed: 3, step: 4 };

/** Sums of the same terms in another order, which batch norm amplifies. */
const TOLERANCE = 1e-4;
/** A bias in front of a batch norm has a gradient of zero, apart from rounding. */
const FLOOR = 0.02;

async function derivatives(engine: Engine, net: Network, data: Batch) {
  const trainable = await trainableFrom(engine, net, state, data.count);
  const result = await trainable.gradients(data, randomness);
  trainable.dispose();
  return result;
}

/** The terms of a linear combination of gradients, added up by name. */
function combined(terms: readonly { readonly weight: number; readonly gradients: State }[]): State {
  const sum = new Map<string, { shape: readonly number[]; data: Float32Array }>();
  for (const { weight, gradients } of terms) {
    for (const [name, { shape, data }] of gradients) {
      const before = sum.get(name)?.data;
      sum.set(name, { shape, data: data.map((value, i) => (before?.[i] ?? 0) + weight * value) });
    }
  }
  return sum;
}

describe.each([{ title: 'cpu', load: () => loadEngine('cpu') }, ...contenders])(
  'auxiliary heads on $title',
  ({ load }) => {
    it('add their weight times the gradients of their own losses, and report the main loss', async () => {
      const engine = await load();
      const { loss, gradients } = await derivatives(engine, withHeads, batch);
      const main = await derivatives(engine, parts.main, batch);
      const early = await derivatives(engine, parts.early, batch);
      const late = await derivatives(engine, parts.late, batch);
      expect(Math.abs(loss - main.loss)).toBeLessThan(TOLERANCE);
      const expected = combined([
        { weight: 1, gradients: main.gradients },
        { weight: HEADS.early, gradients: early.gradients },
        { weight: HEADS.late, gradients: late.gradients },
      ]);
      expectStatesClose(gradients, expected, { tolerance: TOLERANCE, floor: FLOOR });
    });

    it('are left out of evaluation, which needs no weights of theirs', async () => {
      const engine = await load();
      const logits = async (net: Network, weights: State) => {
        const evaluator = await engine.evaluator(net, weights, { batchSize: COUNT });
        const values = await evaluator.logits(batch.images, COUNT);
        evaluator.dispose();
        return values;
      };
      const expected = await logits(parts.main, state);
      expect(await logits(withHeads, weightsOf(withHeads, state))).toEqual(expected);
      expect(await logits(mainPath(withHeads), state)).toEqual(expected);
    });

    it('are probed like any layer', async () => {
      const trainable = await trainableFrom(await load(), withHeads, state, COUNT);
      const probed = await trainable.probe(['early', 'late', 'fc'], batch);
      for (const { gradientNorm } of probed.values()) expect(gradientNorm).toBeGreaterThan(0);
      trainable.dispose();
    });
  },
);

it('with auxiliary heads every engine takes the same course as cpu', () => expectParity(withHeads, batch));
