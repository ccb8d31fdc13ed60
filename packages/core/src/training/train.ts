import type { Batch, Trainable } from '../engine/index.js';
import type { EpochEvent, ErrorRates, StepEvent, TrainingEvent } from './events.js';
import { afterStep, atBeginning, type Progress } from './progress.js';
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
  /** Where the trainable stands; at the beginning when left out. */
  readonly from?: Progress;
}

/** What a training reports, and where it stands then. */
export interface Moment {
  readonly event: TrainingEvent;
  readonly progress: Progress;
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
 * event, so that the trainable's state then is the one of that moment: kept with the moment's progress, it is enough to
 * go on later as if nothing had happened. A loss that is not finite ends the training: that is a result, not an error.
 */
export async function* train(options: TrainOptions): AsyncGenerator<Moment, TrainOutcome> {
  const { recipe, batches, testAfter, from = atBeginning } = options;
  const steps = recipe.epochs * batches.stepsPerEpoch;
  let progress = from;
  const now = (): string => new Date().toISOString();
  const start = { type: 'start', steps, epochs: recipe.epochs, resumedFromStep: from.step } as const;
  yield { event: { ...start, time: now() }, progress };

  while (!progress.diverged) {
    const finished = Math.floor(progress.step / batches.stepsPerEpoch);
    if (finished > progress.epochs) {
      const test = await testAfter?.(finished);
      progress = { ...progress, epochs: finished };
      yield { event: epochEvent(options, progress, test), progress };
    }
    if (progress.step === steps) break;
    const taken = await takeStep(options, progress);
    progress = taken.progress;
    yield taken;
  }

  const state = progress.diverged ? 'diverged' : 'done';
  yield { event: { type: 'end', state, step: progress.step, time: now() }, progress };
  const { step, totals, seconds, images } = progress;
  const imagesPerSecond = seconds > 0 ? images / seconds : 0;
  return { state, steps: step, trainLoss: totals.loss / totals.images, seconds, imagesPerSecond };
}

async function takeStep(
  { recipe, seed, batches, trainable }: TrainOptions,
  progress: Progress,
): Promise<{ event: StepEvent; progress: Progress }> {
  const { step } = progress;
  const { stepsPerEpoch } = batches;
  const epoch = Math.floor(step / stepsPerEpoch);
  const learningRate = learningRateAt(recipe.schedule, step, recipe.epochs * stepsPerEpoch);
  const started = performance.now();
  const batch = await batches.batchAt(epoch, step % stepsPerEpoch);
  const { loss, correct } = await trainable.step(batch, { learningRate, randomness: { seed, step } });
  const seconds = (performance.now() - started) / 1000;
  const isFirstOfEpoch = step % stepsPerEpoch === 0;
  return {
    event: {
      type: 'step',
      step: step + 1,
      epoch: epoch + 1,
      learningRate,
      loss,
      top1Error: percent(batch.count - correct, batch.count),
      imagesPerSecond: batch.count / seconds,
    },
    progress: afterStep(progress, { loss, correct, images: batch.count, seconds, isFirstOfEpoch }),
  };
}

function epochEvent(
  { recipe, batches }: TrainOptions,
  { step, epochs, totals }: Progress,
  test: ErrorRates | undefined,
): EpochEvent {
  return {
    type: 'epoch',
    epoch: epochs,
    step,
    learningRate: learningRateAt(recipe.schedule, step - 1, recipe.epochs * batches.stepsPerEpoch),
    trainLoss: totals.loss / totals.images,
    trainTop1Error: percent(totals.wrong, totals.images),
    ...(test && { test }),
    seconds: totals.seconds,
  };
}

function percent(part: number, whole: number): number {
  return (100 * part) / whole;
}
