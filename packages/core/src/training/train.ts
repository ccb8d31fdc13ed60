import type { Batch, Trainable } from '../engine/index.js';
import type { ErrorRates, TrainingEvent } from './events.js';
import type { Recipe } from './recipe.js';
import { learningRateAt } from './schedule.js';

/** The batches of a training: a pure function of epoch and step, both counted from 0. */
export interface TrainingBatches {
  readonly stepsPerEpoch: number;
  batchAt(epoch: number, step: number): Batch | Promise<Batch>;
}

export interface TrainOptions {
  readonly recipe: Recipe;
  readonly seed: number;
  readonly batches: TrainingBatches;
  /** Holds the weights to start from. */
  readonly trainable: Trainable;
  /** Looks at the test images after this epoch (from 1), or says that it does not. Never changes the training. */
  readonly testAfter?: (epoch: number) => Promise<ErrorRates | undefined>;
  /** Steps that the trainable has already taken; 0 from the beginning. */
  readonly resumedFromStep?: number;
}

/** How a training ended. Seconds are those of the steps alone. */
export interface TrainOutcome {
  readonly state: 'done' | 'diverged';
  readonly steps: number;
  /** Mean loss of the last epoch's batches. */
  readonly trainLoss: number;
  readonly seconds: number;
  readonly imagesPerSecond: number;
}

/**
 * Trains to the end of the recipe, reporting every step. The generator stands still while its consumer handles an
 * event, so that the trainable's state then is the one of that step. A loss that is not finite ends the training: that is a
 * result, not an error.
 */
export async function* train(options: TrainOptions): AsyncGenerator<TrainingEvent, TrainOutcome> {
  const { recipe, seed, batches, trainable, testAfter, resumedFromStep = 0 } = options;
  const { stepsPerEpoch } = batches;
  const steps = recipe.epochs * stepsPerEpoch;
  yield { type: 'start', steps, epochs: recipe.epochs, resumedFromStep, time: new Date().toISOString() };

  let seconds = 0;
  let images = 0;
  let totals = emptyTotals;
  const outcome = (state: TrainOutcome['state'], taken: number): TrainOutcome => ({
    state,
    steps: taken,
    trainLoss: totals.loss / totals.images,
    seconds,
    imagesPerSecond: seconds > 0 ? images / seconds : 0,
  });

  for (let step = resumedFromStep; step < steps; step++) {
    const epoch = Math.floor(step / stepsPerEpoch);
    if (step % stepsPerEpoch === 0) totals = emptyTotals;
    const learningRate = learningRateAt(recipe.schedule, step, steps);
    const started = performance.now();
    const batch = await batches.batchAt(epoch, step % stepsPerEpoch);
    const { loss, correct } = await trainable.step(batch, { learningRate, randomness: { seed, step } });
    const elapsed = (performance.now() - started) / 1000;
    seconds += elapsed;
    images += batch.count;
    totals = added(totals, loss, correct, batch.count, elapsed);
    const place = { epoch: epoch + 1, step: step + 1, learningRate };
    const top1Error = percent(batch.count - correct, batch.count);
    yield { type: 'step', ...place, loss, top1Error, imagesPerSecond: batch.count / elapsed };

    if (!Number.isFinite(loss)) {
      yield { type: 'end', state: 'diverged', step: step + 1, time: new Date().toISOString() };
      return outcome('diverged', step + 1);
    }
    if ((step + 1) % stepsPerEpoch === 0) {
      const test = await testAfter?.(epoch + 1);
      const means = {
        trainLoss: totals.loss / totals.images,
        trainTop1Error: percent(totals.wrong, totals.images),
      };
      yield { type: 'epoch', ...place, ...means, ...(test && { test }), seconds: totals.seconds };
    }
  }
  yield { type: 'end', state: 'done', step: steps, time: new Date().toISOString() };
  return outcome('done', steps);
}

interface Totals {
  readonly loss: number;
  readonly wrong: number;
  readonly images: number;
  readonly seconds: number;
}

const emptyTotals: Totals = { loss: 0, wrong: 0, images: 0, seconds: 0 };

function added(totals: Totals, loss: number, correct: number, count: number, seconds: number): Totals {
  return {
    loss: totals.loss + loss * count,
    wrong: totals.wrong + count - correct,
    images: totals.images + count,
    seconds: totals.seconds + seconds,
  };
}

function percent(part: number, whole: number): number {
  return (100 * part) / whole;
}
