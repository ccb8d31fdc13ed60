import { setImmediate } from 'node:timers/promises';
import { openTraining } from '@strata/core/data';
import type { Trainable } from '@strata/core/engine';
import { buildModel } from '@strata/core/models';
import type { Network } from '@strata/core/network';
import {
  type Checkpoint,
  type ErrorRates,
  evaluate,
  frozenLayers,
  type Moment,
  type TrainingEvent,
  type TrainOutcome,
  train,
  weightsOf,
  weightsSha256,
} from '@strata/core/training';
import { isLook, type PlannedRun, usualProtocol } from '../plan/index.js';
import { type Attempt, LeaseLost, type RunResult } from '../store/index.js';
import { type CheckpointPace, checkpointClock, usualPace } from './checkpoint-clock.js';
import { environmentOf } from './environment.js';
import { dataOf, type EvaluationContext, evaluatedNetwork } from './evaluate-run.js';
import { eventRecord } from './event-record.js';
import { prepareData } from './prepare.js';
import { startingState } from './starting-state.js';

export interface TrainContext extends EvaluationContext {
  readonly onEvent: (event: TrainingEvent) => void;
  /** Asks the training to stop after the step that it is in. */
  readonly signal: AbortSignal;
  readonly pace?: CheckpointPace;
}

/** A training that was asked to stop; what it had done is kept. */
export class Stopped extends Error {
  override name = 'Stopped';
}

/**
 * Trains one run from its newest checkpoint, or its beginning, and keeps it: events as they come, checkpoints now and
 * then, weights and result at the end.
 * @throws Stopped when the signal asks for it, LeaseLost when another has taken the run over; what the engine or the
 * disk throws goes through.
 */
export async function trainRun(
  context: TrainContext,
  planned: PlannedRun,
  attempt: Attempt,
): Promise<RunResult> {
  const { store, engine, threads } = context;
  const { run, id } = planned;
  const found = await attempt.newestCheckpoint();
  const network = buildModel(run.model);
  const { optimizer } = run.recipe;
  // A set smaller than a batch is one smaller batch.
  const { train: images, sha256: inputsSha256 } = await prepareData(dataOf(context, run), run);
  const batchSize = Math.min(run.recipe.batchSize, images.count);
  const trainable = await engine.build(network, {
    batchSize,
    optimizer,
    frozen: frozenLayers(network, run.recipe.freeze),
    ...(threads !== undefined && { threads }),
  });
  try {
    await trainable.restore(found?.state ?? (await startingState(store, network, run)));
    const { outcome, last, checkpoints } = await trainWithEvents(context, planned, {
      network,
      trainable,
      attempt,
      found,
    });
    const weights = weightsOf(network, await trainable.state());
    const result: RunResult = {
      ...outcome,
      resumedFromStep: found?.progress.step ?? 0,
      weightsSha256: weightsSha256(weights),
      inputsSha256,
      checkpoints,
      finished: new Date().toISOString(),
      environment: environmentOf(engine, threads),
    };
    await attempt.finish({ run: id, ...last, state: weights }, result);
    return result;
  } finally {
    trainable.dispose();
  }
}

/** What is at work on a run. */
interface Work {
  readonly network: Network;
  readonly trainable: Trainable;
  readonly attempt: Attempt;
  readonly found: Checkpoint | undefined;
}

/** Where a training stands, without its state. */
type Place = Pick<Checkpoint, 'progress' | 'events'>;

async function trainWithEvents(
  context: TrainContext,
  planned: PlannedRun,
  work: Work,
): Promise<
  Required<Pick<RunResult, 'checkpoints'>> & { readonly outcome: TrainOutcome; readonly last: Place }
> {
  const { onEvent, signal, pace = usualPace } = context;
  const { recipe, seed } = planned.run;
  const { trainable, attempt, found } = work;
  const batches = await openBatches(context, planned);
  const testAfter = async (epoch: number): Promise<ErrorRates | undefined> =>
    isLook(epoch, recipe.epochs) ? lookAt(context, planned, work, 'test') : undefined;
  const validate = (): Promise<ErrorRates> => lookAt(context, planned, work, 'validation');
  const goesByValidation = recipe.schedule.kind === 'plateau';

  const options = { recipe, seed, batches, trainable, testAfter, ...(goesByValidation && { validate }) };
  const training = train({ ...options, ...(found && { from: found.progress }) });
  const clock = checkpointClock(pace);
  const record = eventRecord(attempt, planned.steps);
  let last: Place | undefined;
  try {
    for (;;) {
      const { value, done } = await training.next();
      if (done) {
        await record.flush();
        return { outcome: value, last: last as Place, checkpoints: clock.spent() };
      }
      const { event, progress } = value;
      onEvent(event);
      await (event.type === 'start' ? record.begin(event, found?.events ?? []) : record.add(event));
      last = { progress, events: record.events };

      // Engines block the event loop; signals get their turn between steps.
      await setImmediate();
      if (attempt.lost.aborted) throw new LeaseLost(`run ${planned.id} was taken over by another process`);
      const isNew = progress.step > (found?.progress.step ?? 0);
      if (isNew && (signal.aborted || clock.isDue(event.type === 'epoch'))) {
        const started = performance.now();
        await record.flush();
        await attempt.save({ run: planned.id, ...last, state: await trainable.state() });
        clock.wrote(performance.now() - started);
      }
      if (signal.aborted) throw new Stopped(`stopped after ${describePlace(value)}`);
    }
  } finally {
    await batches.dispose();
  }
}

async function openBatches(context: TrainContext, { run }: PlannedRun) {
  const { threads } = context;
  const { train: images, statistics, input } = await prepareData(dataOf(context, run), run);
  const { recipe, seed } = run;
  return openTraining(images, {
    ...recipe,
    statistics,
    input,
    seed,
    ...(threads !== undefined && { threads }),
  });
}

async function lookAt(
  context: TrainContext,
  planned: PlannedRun,
  { network, trainable }: Work,
  split: 'test' | 'validation',
): Promise<ErrorRates> {
  const weights = weightsOf(network, await trainable.state());
  const tested = await evaluatedNetwork(context, planned, weights, split);
  const { top1Error, top5Error, loss, count } = await evaluate(
    [tested],
    usualProtocol(planned.run.recipe, network.input),
  );
  return { top1Error, top5Error, loss, count };
}

function describePlace({ progress }: Moment): string {
  return progress.step > 0 ? `step ${progress.step}` : 'its start';
}
