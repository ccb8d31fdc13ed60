import { trainingBatches } from '@strata/core/data';
import { type Batch, loadEngine, type Trainable } from '@strata/core/engine';
import { batchNorm, conv, dense, dropout, flatten, network, relu, sequence } from '@strata/core/network';
import {
  type Checkpoint,
  decodeCheckpoint,
  encodeCheckpoint,
  initialState,
  type Moment,
  type Recipe,
  type TrainingEvent,
  train,
  weightsSha256,
} from '@strata/core/training';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalArray, streamKey } from '../../src/random/index.js';
import { embeddedEngines } from '../engine/small-networks.js';

const net = network({ name: 'small', input: [1, 8, 8], classes: 3 }, image =>
  sequence(
    conv('conv', 4, 3),
    batchNorm('bn'),
    relu('relu'),
    flatten('vector'),
    dropout('dropout', 0.3),
    dense('logits', 3),
  )(image),
);

const recipe: Recipe = {
  epochs: 3,
  batchSize: 4,
  optimizer: {
    kind: 'sgd',
    form: 'scaled-velocity',
    momentum: 0.9,
    nesterov: true,
    weightDecay: 1e-3,
    decayOn: 'all',
  },
  schedule: { kind: 'steps', initial: 0.05, dropAt: [0.5], factor: 0.1, warmUpSteps: 2 },
  initialisation: { kind: 'msra', bias: 0 },
  normalisation: { kind: 'mean-deviation' },
  augmentation: [{ kind: 'pad-crop', pad: 1, mode: 'zero' }, { kind: 'flip' }],
};
const seed = 11;
const noise = normalArray(18 * 64, streamKey(0, 'subset', 'images'), 60);
const images = {
  count: 18,
  shape: [1, 8, 8] as const,
  labels: Uint16Array.from({ length: 18 }, (_, i) => i % 3),
  pixels: (i: number) => Uint8Array.from(noise.subarray(i * 64, i * 64 + 64), value => 128 + value),
};
const batches = trainingBatches(images, { ...recipe, seed, statistics: { mean: [128], deviation: [60] } });

/** What must not depend on where a training was stopped: clocks do. */
function timeless(event: TrainingEvent): object {
  const { time, seconds, imagesPerSecond, resumedFromStep, ...rest } = event as unknown as Record<
    string,
    unknown
  >;
  return rest;
}

describe.each(embeddedEngines)('resuming on %s', async name => {
  const engine = await loadEngine(name);
  const build = (): Promise<Trainable> => engine.build(net, recipe);

  /** Trains until its `stopAt`th moment, or to the end. */
  async function trainFrom(found: Checkpoint | undefined, stopAt: number) {
    const trainable = await build();
    await trainable.restore(found?.state ?? initialState(net, recipe.initialisation, seed));
    const testAfter = async (epoch: number) => {
      const { loss } = await trainable.gradients(batches.batchAt(0, 0) as Batch, { seed, step: epoch });
      return { top1Error: 0, top5Error: 0, loss, count: 1 };
    };
    const training = train({
      recipe,
      seed,
      batches,
      trainable,
      testAfter,
      ...(found && { from: found.progress }),
    });
    const events = found ? [...found.events] : [];
    for (let last: Moment | undefined, moment = 0; ; moment++) {
      const { value, done } = moment > stopAt ? { value: undefined, done: false } : await training.next();
      if (value === undefined || done) {
        const { progress } = last as Moment;
        const state = await trainable.state();
        trainable.dispose();
        return { checkpoint: { run: 'r', progress, events, state }, outcome: value };
      }
      if (value.event.type !== 'start' || !found) events.push(value.event);
      last = value;
    }
  }

  const whole = await trainFrom(undefined, Number.POSITIVE_INFINITY);

  it('ends in the same weights and metrics, wherever it was stopped, and however often', async () => {
    // 4 batches an epoch: a start, 3 times 4 steps and an epoch, an end.
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(16), { minLength: 1, maxLength: 3 }), async stops => {
        let found: Checkpoint | undefined;
        for (const stop of stops) {
          const { checkpoint, outcome } = await trainFrom(found, stop);
          found = decodeCheckpoint(encodeCheckpoint(checkpoint), 'file', 'r');
          if (outcome) break;
        }
        const resumed = await trainFrom(found, Number.POSITIVE_INFINITY);
        expect(weightsSha256(resumed.checkpoint.state)).toBe(weightsSha256(whole.checkpoint.state));
        const events = (checkpoint: Checkpoint) =>
          checkpoint.events.filter(event => event.type !== 'end').map(timeless);
        expect(events(resumed.checkpoint)).toEqual(events(whole.checkpoint));
        expect(resumed.outcome).toMatchObject({ steps: 12, trainLoss: whole.outcome?.trainLoss });
      }),
      { numRuns: 25, examples: [[[3]], [[4]], [[5]], [[0]], [[15]]] },
    );
  });
});
