import { openDataSet } from '@strata/core/data';
import { loadEngine } from '@strata/core/engine';
import { messageOf, UsageError } from '@strata/core/errors';
import type { OnWriteStage } from '../../store/index.js';
import { type JobEvent, type JobOutcome, performJob } from '../perform-job.js';
import type { FromJob, JobTask, ToJob } from './job-task.js';

/** Step events are told this often; a parent wants a picture, not every step. */
const TELL_MS = 100;

export interface ServeOptions {
  readonly onStage?: OnWriteStage;
}

/**
 * Does one job for the parent process, which speaks through the IPC channel, and exits. A parent that is gone, however it
 * died, closes the channel: then, as on SIGTERM, the job keeps what it has done and ends. SIGINT reaches the
 * whole terminal group, and what it means is the parent's to say.
 */
export function serveJob(options: ServeOptions = {}): void {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  process.on('SIGINT', () => {});
  process.on('SIGTERM', stop);
  process.on('disconnect', stop);
  process.on('message', (message: ToJob) => {
    if (message.type === 'stop') return stop();
    void perform(message.task, controller.signal, options).then(outcome => {
      tell({ type: 'outcome', outcome }, () => process.exit(0));
    });
  });
}

async function perform(task: JobTask, signal: AbortSignal, options: ServeOptions): Promise<JobOutcome> {
  const { store, source, job, threads, pace, beatMs } = task;
  try {
    const [planned] = 'ensemble' in job ? job.ensemble.runs : [job.planned];
    if (!planned) return { type: 'tested' };
    const [engine, { dataSet: data }] = await Promise.all([
      loadEngine(planned.run.engine),
      openDataSet(source.name, source),
    ]);
    if (data.checksum !== planned.run.dataset.checksum) {
      throw new UsageError(`The data set ${source.name} has changed since the plan was made; plan again.`);
    }
    return await performJob(
      {
        ...options,
        store,
        data,
        engine,
        signal,
        onEvent: thinned(event => tell({ type: 'event', event })),
        ...(threads !== undefined && { threads }),
        ...(pace && { pace }),
        ...(beatMs !== undefined && { beatMs }),
      },
      job,
    );
  } catch (error) {
    const reason = messageOf(error);
    return error instanceof UsageError ? { type: 'refused', message: reason } : { type: 'failed', reason };
  }
}

function thinned(onEvent: (event: JobEvent) => void): (event: JobEvent) => void {
  let told = 0;
  return event => {
    if (event.type === 'training' && event.event.type === 'step') {
      if (performance.now() - told < TELL_MS) return;
      told = performance.now();
    }
    onEvent(event);
  };
}

function tell(message: FromJob, then: () => void = () => {}): void {
  if (process.connected) process.send?.(message, undefined, undefined, then);
  else then();
}
