import { openDataSet } from '@strata/core/data';
import { loadEngine } from '@strata/core/engine';
import { messageOf, UsageError } from '@strata/core/errors';
import { imagesNeeded } from '../../plan/index.js';
import type { OnWriteStage } from '../../store/index.js';
import { type JobEvent, type JobOutcome, performJob } from '../perform-job.js';
import type { JobTask } from './job-task.js';

const TELL_MS = 100;

export interface PerformOptions {
  readonly signal: AbortSignal;
  readonly onEvent: (event: JobEvent) => void;
  readonly onStage?: OnWriteStage;
}

/** Finds engine and data of a job that another process has planned, and does it. */
export async function performTask(
  { store, source, job, threads, pace, beatMs, tensorboard = false, tellMs = TELL_MS }: JobTask,
  { onEvent, ...options }: PerformOptions,
): Promise<JobOutcome> {
  try {
    const [planned] = 'ensemble' in job ? job.ensemble.runs : [job.planned];
    if (!planned) return { type: 'tested' };
    const { model, dataset, recipe, engine: engineName } = planned.run;
    const [engine, { dataSet: data }] = await Promise.all([
      loadEngine(engineName),
      openDataSet(dataset.name, { ...source, ...imagesNeeded(model, recipe) }),
    ]);
    if (data.checksum !== dataset.checksum) {
      throw new UsageError(`The data set ${dataset.name} has changed since the plan was made; plan again.`);
    }
    return await performJob(
      {
        ...options,
        store,
        data,
        engine,
        onEvent: thinned(onEvent, tellMs),
        ...(threads !== undefined && { threads }),
        ...(pace && { pace }),
        ...(beatMs !== undefined && { beatMs }),
        tensorboard,
      },
      job,
    );
  } catch (error) {
    const reason = messageOf(error);
    return error instanceof UsageError ? { type: 'refused', message: reason } : { type: 'failed', reason };
  }
}

function thinned(onEvent: (event: JobEvent) => void, tellMs: number): (event: JobEvent) => void {
  let told = Number.NEGATIVE_INFINITY;
  return event => {
    if (event.type === 'training' && event.event.type === 'step') {
      if (performance.now() - told < tellMs) return;
      told = performance.now();
    }
    onEvent(event);
  };
}
