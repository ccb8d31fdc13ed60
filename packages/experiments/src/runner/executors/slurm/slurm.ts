import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { messageOf } from '@strata/core/errors';
import { batchFiles, OUTPUT_END, thisProcess } from '../../../store/index.js';
import type { Executor } from '../executor.js';
import type { JobTask } from '../job-task.js';
import { removeBatch, writeBatch } from './batch.js';
import { type Slurm, slurmCommands } from './commands.js';
import { earlierTasks } from './earlier-tasks.js';
import { type FollowedQueue, followQueue, type QueueTimes } from './follow-queue.js';
import { batchScript, type SlurmOptions, sbatchArguments } from './sbatch.js';
import { newTicket, type Ticket } from './ticket.js';

/** How often to do what, in milliseconds. */
export interface SlurmTimes extends QueueTimes {
  /** Jobs that are started so close together become one array. */
  readonly gather: number;
}

const usualSlurmTimes: SlurmTimes = { gather: 1000, look: 1000, ask: 2000, askAtMost: 30_000 };

export interface SlurmExecutorOptions extends Omit<JobTask, 'job'> {
  /** What the jobs are called: letters, digits, dashes. */
  readonly name: string;
  readonly options: SlurmOptions;
  readonly times?: SlurmTimes;
  /** What a job process runs; for tests that make it fail. */
  readonly script?: string;
  readonly slurm?: Slurm;
}

/** The built file, also where the sources are run. */
const jobProcess = fileURLToPath(
  new URL('../../../../dist/runner/executors/slurm/job-process.js', import.meta.url),
);

/** Slurm's default takes arrays of up to 1001 tasks. */
const TASKS_OF_ARRAY = 1000;

/**
 * Each run as a task of a job array on a Slurm cluster, over a store that its nodes share. Slurm starts what is on a
 * failed node again on another; the store says how far it was. Jobs go on when their runner dies, and the next
 * one on the same store finds them in the queue.
 * @throws UsageError where Slurm's commands are not here, or an option is wrong.
 */
export async function slurmExecutor(executor: SlurmExecutorOptions): Promise<Executor> {
  const { store, times = usualSlurmTimes, slurm = slurmCommands } = executor;
  await slurm.check();
  sbatchArguments(executor.name, 1, executor.options);
  const earlier = await earlierTasks(store, slurm);
  const queue = followQueue(store, slurm, times);
  const gathered = new Set<Ticket>();
  let submitting: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  const submitGathered = (): void => {
    const tickets = [...gathered];
    gathered.clear();
    for (let i = 0; i < tickets.length; i += TASKS_OF_ARRAY) {
      const some = tickets.slice(i, i + TASKS_OF_ARRAY);
      submitting = submitting.then(() => submit(executor, slurm, some, queue));
    }
  };

  return {
    name: 'slurm',
    start(job, onEvent) {
      const ticket = newTicket(job, onEvent);
      const id = 'planned' in job ? job.planned.id : '';
      const place = earlier.get(id);
      earlier.delete(id);
      if (place) queue.follow(place, ticket);
      else {
        gathered.add(ticket);
        clearTimeout(timer);
        timer = setTimeout(submitGathered, times.gather);
      }
      return {
        outcome: ticket.outcome,
        stop() {
          ticket.isStopping = true;
          if (gathered.delete(ticket)) ticket.conclude({ type: 'stopped' });
          queue.wake();
        },
      };
    },
    async close() {
      clearTimeout(timer);
      for (const ticket of gathered) ticket.conclude({ type: 'stopped' });
      await submitting;
      await queue.close();
    },
  };
}

async function submit(
  { store, name: of, options, script = jobProcess, times: _, slurm: __, ...common }: SlurmExecutorOptions,
  slurm: Slurm,
  tickets: readonly Ticket[],
  queue: FollowedQueue,
): Promise<void> {
  const name = `strata-${of}-${randomUUID().slice(0, 8)}`;
  try {
    const { folder } = batchFiles(store, name);
    const args = sbatchArguments(name, tickets.length, options);
    const command = [process.execPath, script, store, name];
    await writeBatch(store, name, { owner: thisProcess(), common, jobs: tickets.map(({ job }) => job) });
    const array = await slurm.submit(
      name,
      args,
      batchScript({ command, output: [`${folder}/`, OUTPUT_END] }),
    );
    for (const [index, ticket] of tickets.entries()) {
      queue.follow({ batch: name, index, slurmJob: `${array}_${index}`, isOurs: true }, ticket);
    }
    void Promise.all(tickets.map(({ outcome }) => outcome)).then(() => removeBatch(store, name));
  } catch (error) {
    await removeBatch(store, name);
    for (const ticket of tickets) ticket.conclude({ type: 'refused', message: messageOf(error) });
  }
}
