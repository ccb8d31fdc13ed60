import { messageOf, UsageError } from '@strata/core/errors';
import type { TrainingEvent } from '@strata/core/training';
import type { PlannedEnsemble, PlannedRun } from '../plan/index.js';
import {
  type Attempt,
  type AttemptOptions,
  beginAttempt,
  hasDamagedResult,
  hasWeights,
  LeaseLost,
  type RunResult,
  runStatus,
} from '../store/index.js';
import type { CheckpointPace } from './checkpoint-clock.js';
import { type EvaluationContext, ensureEnsemble, ensureEvaluations } from './evaluate-run.js';
import { ensureResponses } from './measure-responses.js';
import { Stopped, trainRun } from './train-run.js';

/** A piece of a plan's work. Plain data. */
export type Job = RunJob | EnsembleJob;

/** One run to bring to its end: to be trained and tested. */
export interface RunJob {
  readonly planned: PlannedRun;
  /** Token of a holder that was silent for too long: the run may be taken from it. */
  readonly dead?: string;
  /** Leave aside what an earlier attempt has got to. */
  readonly fresh?: boolean;
}

/** Trained networks to be tested together. */
export interface EnsembleJob {
  readonly ensemble: PlannedEnsemble;
}

export type JobEvent =
  /** Waits for a place to run, under the name that the cluster gave it. */
  | { readonly type: 'queued'; readonly as: string }
  | { readonly type: 'began' }
  | { readonly type: 'training'; readonly event: TrainingEvent }
  | { readonly type: 'testing' };

export type JobOutcome =
  /** The run is trained and tested; by this job, or it was before. */
  | { readonly type: 'ended'; readonly result: RunResult; readonly trained: boolean }
  /** Networks are tested together. */
  | { readonly type: 'tested' }
  /** Another process works on it. */
  | { readonly type: 'held' }
  /** Was asked to stop, and has kept what was done. */
  | { readonly type: 'stopped' }
  | { readonly type: 'failed'; readonly reason: string }
  /** Nothing will work until the user has mended something. */
  | { readonly type: 'refused'; readonly message: string }
  /** The process that worked on it died: the run can be gone on with. */
  | { readonly type: 'crashed'; readonly reason: string }
  /** Somebody has taken it off the cluster on purpose: the run can be gone on with, when that is asked for. */
  | { readonly type: 'cancelled'; readonly reason: string };

export interface JobContext
  extends EvaluationContext,
    Pick<AttemptOptions, 'beatMs' | 'onStage' | 'tensorboard'> {
  readonly onEvent: (event: JobEvent) => void;
  readonly signal: AbortSignal;
  readonly pace?: CheckpointPace;
}

/** Does a job in this process. Never throws: what can go wrong is an outcome. */
export function performJob(context: JobContext, job: Job): Promise<JobOutcome> {
  return 'ensemble' in job ? testTogether(context, job) : bringRunToEnd(context, job);
}

async function testTogether(context: JobContext, { ensemble }: EnsembleJob): Promise<JobOutcome> {
  try {
    await ensureEnsemble(context, ensemble);
    return { type: 'tested' };
  } catch (error) {
    return outcomeOf(error, undefined);
  }
}

async function bringRunToEnd(context: JobContext, job: RunJob): Promise<JobOutcome> {
  const { store, beatMs, tensorboard = false, onStage } = context;
  const { planned, dead } = job;
  let attempt: Attempt | undefined;
  try {
    attempt = await beginAttempt(store, planned.id, planned.run, {
      ...(dead !== undefined && { dead }),
      ...(beatMs !== undefined && { beatMs }),
      tensorboard,
      ...(onStage && { onStage }),
    });
    if (!attempt) return { type: 'held' };
    return await trainAndTest(context, job, attempt);
  } catch (error) {
    return await outcomeOf(error, attempt);
  } finally {
    await attempt?.end();
  }
}

async function trainAndTest(
  context: JobContext,
  { planned, fresh }: RunJob,
  attempt: Attempt,
): Promise<JobOutcome> {
  const { store, onEvent } = context;
  const earlier = await usableResult(store, planned, attempt);
  let result = earlier;
  if (!result) {
    onEvent({ type: 'began' });
    if (fresh) await attempt.startAfresh();
    const forward = (event: TrainingEvent): void => onEvent({ type: 'training', event });
    result = await trainRun({ ...context, onEvent: forward }, planned, attempt);
  }
  onEvent({ type: 'testing' });
  await ensureEvaluations(context, planned);
  if (planned.measuresResponses) await ensureResponses(context, planned);
  return { type: 'ended', result, trained: earlier === undefined };
}

/** A result that can be believed, of a run whose weights can be read; what is damaged is to be made again. */
async function usableResult(
  store: string,
  { id }: PlannedRun,
  attempt: Attempt,
): Promise<RunResult | undefined> {
  if (await hasDamagedResult(store, id))
    await attempt.log('warning: result.json was damaged; making it again');
  const { result } = await runStatus(store, id);
  if (!result || (await hasWeights(store, id))) return result ?? undefined;
  await attempt.log('warning: the final weights were damaged; training again');
  await attempt.forgetResult();
  return undefined;
}

async function outcomeOf(error: unknown, attempt: Attempt | undefined): Promise<JobOutcome> {
  if (error instanceof LeaseLost) return { type: 'held' };
  const reason = messageOf(error);
  if (error instanceof Stopped) {
    await attempt?.log(reason);
    return { type: 'stopped' };
  }
  if (error instanceof UsageError) return { type: 'refused', message: reason };
  await attempt?.fail(reason);
  return { type: 'failed', reason };
}
