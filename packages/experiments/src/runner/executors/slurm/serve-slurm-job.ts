import { setTimeout } from 'node:timers/promises';
import {
  appendLog,
  batchFiles,
  holderOf,
  leaseWatch,
  recordFailure,
  thisProcess,
  usualLeaseTimes,
} from '../../../store/index.js';
import type { Job, JobEvent, JobOutcome } from '../../perform-job.js';
import type { JobTask } from '../job-task.js';
import { type PerformOptions, performTask } from '../perform-task.js';
import { readBatch } from './batch.js';
import { slurmCommands } from './commands.js';
import { TIME_IS_SHORT } from './sbatch.js';
import { listenTo, tell } from './told.js';

/** Through the shared file system; a picture now and then will do. */
const TELL_MS = 1000;
const LOOK_MS = 1000;

const EXIT = { done: 0, failed: 1, stopped: 3 } as const;

/**
 * Does one job of a batch, as the process that Slurm has started: `<store> <batch> <number>`. On SIGTERM it keeps what it
 * has done and ends. Shortly before its time limit it does so too, and puts itself back into the queue: however long a
 * training takes, it goes on in pieces of that size.
 */
export async function serveSlurmJob(options: Pick<PerformOptions, 'onStage'> = {}): Promise<void> {
  const [store = '', name = '', number = ''] = process.argv.slice(2);
  const files = batchFiles(store, name);
  const told = files.told(Number(number));
  const stopping = new AbortController();
  let isTimeShort = false;
  process.on('SIGTERM', () => stopping.abort());
  process.on(TIME_IS_SHORT, () => {
    isTimeShort = true;
    stopping.abort();
  });

  const identity = thisProcess();
  const { job: slurm = 'unknown' } = identity;
  const { common, jobs } = await readBatch(store, name);
  const job = jobs[Number(number)];
  if (!job) throw new RangeError(`batch ${name} has no job ${number}`);
  const hasBegunBefore = ((await listenTo(told)()) ?? []).some(
    message => message.type === 'event' && message.event.type === 'began',
  );
  tell(told, { type: 'attempt', job: slurm, host: identity.host });

  let hasMoved = false;
  const onEvent = (event: JobEvent): void => {
    hasMoved ||= event.type === 'training' && event.event.type === 'step';
    // A picture that could not be written is not worth a training.
    try {
      tell(told, { type: 'event', event });
    } catch {}
  };
  const threads = common.threads ?? (Number(process.env.SLURM_CPUS_ON_NODE) || undefined);
  const task: JobTask = {
    tellMs: TELL_MS,
    ...common,
    ...(threads !== undefined && { threads }),
    store,
    // What this job itself has got to on a node that failed is not to be left aside.
    job: hasBegunBefore ? { ...job, fresh: false } : job,
  };
  const perform = { ...options, onEvent, signal: stopping.signal };
  let outcome = await performPatiently(task, perform);
  await note(store, job, `was Slurm job ${slurm} on ${identity.host}: ${outcome.type}`);
  if (outcome.type === 'stopped' && isTimeShort) {
    if (!hasMoved) outcome = await giveUp(store, job);
    else if (await slurmCommands.requeue(slurm)) process.exit(EXIT.stopped);
  }
  tell(told, { type: 'outcome', outcome });
  process.exit(exitCodeOf(outcome));
}

function exitCodeOf({ type }: JobOutcome): number {
  if (type === 'stopped') return EXIT.stopped;
  return type === 'failed' || type === 'refused' ? EXIT.failed : EXIT.done;
}

/**
 * Does a job, waiting for the silence of a holder that may be dead: the node that this very job was on before, as a rule.
 */
export async function performPatiently(
  task: JobTask,
  options: PerformOptions,
  leaseMs: number = usualLeaseTimes.leaseMs,
): Promise<JobOutcome> {
  const { job, store } = task;
  for (;;) {
    const outcome = await performTask(task, options);
    if (outcome.type !== 'held' || 'ensemble' in job) return outcome;
    const dead = await deadHolder(store, job.planned.id, leaseMs, options.signal);
    if (dead === undefined) return outcome;
    task = { ...task, job: { ...job, dead } };
  }
}

/** The token of a holder that shows no life for the time of a lease; undefined as soon as it shows some, or is gone. */
async function deadHolder(
  store: string,
  id: string,
  leaseMs: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  const watch = leaseWatch(leaseMs);
  const first = await holderOf(store, id);
  while (!signal.aborted) {
    const holder = await holderOf(store, id);
    if (!first || holder?.token !== first.token || holder.beat !== first.beat) return undefined;
    if (watch.isDead(id, holder)) return holder.token;
    await setTimeout(Math.min(LOOK_MS, leaseMs));
  }
  return undefined;
}

/** To come back would only do the same again. */
async function giveUp(store: string, job: Job): Promise<JobOutcome> {
  const reason = 'its time limit has left no time to train; give a longer --time-limit';
  if ('planned' in job) await recordFailure(store, job.planned.id, job.planned.run, reason);
  return { type: 'failed', reason };
}

async function note(store: string, job: Job, line: string): Promise<void> {
  if ('planned' in job) await appendLog(store, job.planned.id, line).catch(() => {});
}
