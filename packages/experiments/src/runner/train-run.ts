import { setImmediate } from 'node:timers/promises';
import { trainingBatches } from '@strata/core/data';
import type { State, Trainable } from '@strata/core/engine';
import { buildModel } from '@strata/core/models';
import type { Network } from '@strata/core/network';
import {
  type ErrorRates,
  evaluate,
  initialState,
  type TrainingEvent,
  type TrainOutcome,
  train,
  WHOLE_IMAGE,
  weightsOf,
  weightsSha256,
  withLayersFrom,
} from '@strata/core/training';
import type { PlannedRun } from '../plan/index.js';
import {
  appendEvents,
  beat,
  beginRun,
  finishRun,
  type Run,
  type RunResult,
  readWeights,
} from '../store/index.js';
import { environmentOf } from './environment.js';
import { type EvaluationContext, evaluatedNetwork } from './evaluate-run.js';
import { prepareData } from './prepare.js';

export interface TrainContext extends EvaluationContext {
  readonly onEvent: (event: TrainingEvent) => void;
  /** Asks the training to stop after the step that it is in. */
  readonly signal: AbortSignal;
}

/** A training that was asked to stop. */
export class Stopped extends Error {
  override name = 'Stopped';
}

/** Looks at the test images so many times in a training, evenly, the last time at its end. */
const LOOKS = 10;
/** Step events kept of one training; epochs are all kept. */
const KEPT_STEPS = 500;
const FLUSH_MS = 2000;

/**
 * Trains one run from its beginning and keeps it: events as they come, weights and result at the end.
 * @throws Stopped when the signal asks for it; what the engine or the disk throws goes through.
 */
export async function trainRun(context: TrainContext, planned: PlannedRun): Promise<RunResult> {
  const { store, engine, threads } = context;
  const { run, id } = planned;
  await beginRun(store, id, run);
  const network = buildModel(run.model);
  const { optimizer } = run.recipe;
  // A set smaller than a batch is one smaller batch.
  const batchSize = Math.min(run.recipe.batchSize, prepareData(context.data, run).train.count);
  const trainable = await engine.build(network, {
    batchSize,
    optimizer,
    ...(threads !== undefined && { threads }),
  });
  try {
    await trainable.restore(await startingState(store, network, run));
    const outcome = await trainWithEvents(context, planned, network, trainable);
    const weights = weightsOf(network, await trainable.state());
    const result: RunResult = {
      ...outcome,
      weightsSha256: weightsSha256(weights),
      finished: new Date().toISOString(),
      environment: environmentOf(engine, threads),
    };
    await finishRun(store, id, weights, result);
    return result;
  } finally {
    trainable.dispose();
  }
}

async function startingState(store: string, network: Network, run: Run): Promise<State> {
  let state = initialState(network, run.recipe.initialisation, run.seed);
  for (const parent of run.parents) {
    state = withLayersFrom(await readWeights(store, parent.run), parent.layers, state);
  }
  return state;
}

async function trainWithEvents(
  context: TrainContext,
  planned: PlannedRun,
  network: Network,
  trainable: Trainable,
): Promise<TrainOutcome> {
  const { store, data, onEvent, signal } = context;
  const { run, id } = planned;
  const { recipe, seed } = run;
  const { train: images, statistics } = prepareData(data, run);
  const batches = trainingBatches(images, { ...recipe, statistics, seed });
  const testAfter = async (epoch: number): Promise<ErrorRates | undefined> =>
    isLook(epoch, recipe.epochs) ? lookAtTest(context, planned, network, trainable) : undefined;

  const training = train({ recipe, seed, batches, trainable, testAfter });
  let waiting: TrainingEvent[] = [];
  let flushed = Date.now();
  for (;;) {
    const { value, done } = await training.next();
    if (done) {
      await appendEvents(store, id, waiting);
      return value;
    }
    onEvent(value);
    if (isKept(value, planned.steps)) waiting.push(value);
    if (Date.now() - flushed > FLUSH_MS) {
      await appendEvents(store, id, waiting);
      await beat(store, id);
      waiting = [];
      flushed = Date.now();
    }
    // Engines block the event loop; signals get their turn between steps.
    await setImmediate();
    if (signal.aborted) throw new Stopped(`stopped after ${describePlace(value)}`);
  }
}

async function lookAtTest(
  context: TrainContext,
  planned: PlannedRun,
  network: Network,
  trainable: Trainable,
): Promise<ErrorRates> {
  const weights = weightsOf(network, await trainable.state());
  const tested = evaluatedNetwork(context, planned, weights, 'test');
  const { top1Error, top5Error, loss, count } = await evaluate([tested], WHOLE_IMAGE);
  return { top1Error, top5Error, loss, count };
}

function isLook(epoch: number, epochs: number): boolean {
  const every = Math.ceil(epochs / LOOKS);
  return (epochs - epoch) % every === 0;
}

function isKept(event: TrainingEvent, steps: number): boolean {
  return event.type !== 'step' || event.step % Math.ceil(steps / KEPT_STEPS) === 0;
}

function describePlace(event: TrainingEvent): string {
  return 'step' in event ? `step ${event.step}` : 'its start';
}
