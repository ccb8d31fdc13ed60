import type { StepOptions, Trainable } from '@strata/core/engine';
import { atBeginning, type Progress, type Recipe, type TrainingEvent, train } from '@strata/core/training';
import { describe, expect, it } from 'vitest';

const recipe: Recipe = {
  epochs: 2,
  batchSize: 2,
  optimizer: {
    kind: 'sgd',
    form: 'scaled-update',
    momentum: 0,
    nesterov: false,
    weightDecay: 0,
    decayOn: 'all',
  },
  schedule: { kind: 'steps', initial: 1, dropAt: [0.5], factor: 0.1, warmUpSteps: 0 },
  initialisation: { kind: 'msra', bias: 0 },
  normalisation: { kind: 'mean' },
  augmentation: [],
};

/** A trainable that loses what it is told, and remembers how it was asked. */
function scripted(losses: readonly number[]): { trainable: Trainable; asked: StepOptions[] } {
  const asked: StepOptions[] = [];
  const unused = (): never => {
    throw new Error('not part of a training');
  };
  const trainable: Trainable = {
    async step(_, options) {
      asked.push(options);
      return { loss: losses[asked.length - 1] ?? 0, correct: 1 };
    },
    gradients: unused,
    state: unused,
    restore: unused,
    probe: unused,
    dispose: unused,
  };
  return { trainable, asked };
}

const places: [number, number][] = [];
const batches = {
  stepsPerEpoch: 3,
  batchAt(epoch: number, step: number) {
    places.push([epoch, step]);
    return { images: new Float32Array(2), labels: new Int32Array(2), count: 2 };
  },
};

async function run(losses: readonly number[], extra: { from?: Progress } = {}) {
  places.length = 0;
  const { trainable, asked } = scripted(losses);
  const training = train({ recipe, seed: 5, batches, trainable, ...extra });
  const events: TrainingEvent[] = [];
  for (;;) {
    const { value, done } = await training.next();
    if (done) return { events, outcome: value, asked };
    events.push(value.event);
  }
}

describe('train', () => {
  it('takes every step once, with the seed, its number and the schedule’s rate', async () => {
    const { asked, outcome } = await run([6, 5, 4, 3, 2, 1]);
    expect(places).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 0],
      [1, 1],
      [1, 2],
    ]);
    expect(asked.map(({ randomness }) => randomness)).toEqual(
      [0, 1, 2, 3, 4, 5].map(step => ({ seed: 5, step })),
    );
    expect(asked.map(({ learningRate }) => learningRate)).toEqual([1, 1, 1, 0.1, 0.1, 0.1]);
    expect(outcome).toMatchObject({ state: 'done', steps: 6, trainLoss: 2 });
  });

  it('reports one start, every step, every epoch and one end, in order', async () => {
    const { events } = await run([6, 5, 4, 3, 2, 1]);
    expect(events.map(event => event.type).join(' ')).toBe(
      'start step step step epoch step step step epoch end',
    );
    expect(events.filter(event => event.type === 'epoch')).toMatchObject([
      { epoch: 1, step: 3, trainLoss: 5, trainTop1Error: 50 },
      { epoch: 2, step: 6, trainLoss: 2, trainTop1Error: 50 },
    ]);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('ends as diverged at a loss of %d', async loss => {
    const { events, outcome, asked } = await run([6, loss]);
    expect(outcome).toMatchObject({ state: 'diverged', steps: 2 });
    expect(events.at(-1)).toMatchObject({ type: 'end', state: 'diverged', step: 2 });
    expect(asked).toHaveLength(2);
  });

  it('goes on after the step that it is told', async () => {
    const { asked, events } = await run([3, 2], { from: { ...atBeginning, step: 4, epochs: 1 } });
    expect(asked.map(({ randomness }) => randomness.step)).toEqual([4, 5]);
    expect(events[0]).toMatchObject({ type: 'start', resumedFromStep: 4, steps: 6 });
  });
});
