import { messageOf } from '@strata/core/errors';
import type { Slurm } from './commands.js';
import type { TaskPlace } from './earlier-tasks.js';
import { type FollowedTask, followTask } from './followed-task.js';
import type { Ticket } from './ticket.js';

/** How often to do what, in milliseconds. */
export interface QueueTimes {
  /** To look into the store. */
  readonly look: number;
  /** To ask Slurm, whom many ask: soon after a change, then less and less often. */
  readonly ask: number;
  readonly askAtMost: number;
}

export interface FollowedQueue {
  follow(place: TaskPlace, ticket: Ticket): void;
  /** Something has been asked of a task. */
  wake(): void;
  /** Ends what is still there. */
  close(): Promise<void>;
}

/** A request to stop is made again where it did not reach the job: one that was just starting, say. */
const STOP_AGAIN_MS = 5000;

/** Brings tasks that are in Slurm's hands to their outcomes: by what they tell, and by what the queue shows. */
export function followQueue(store: string, slurm: Slurm, times: QueueTimes): FollowedQueue {
  const tasks = new Set<FollowedTask>();
  const asking = spacedOut(times);
  let stopAgain = 0;
  let isWatching = false;
  let wake = (): void => {};

  async function ask(): Promise<void> {
    const rows = await slurm.queue([...new Set([...tasks].map(({ batch }) => batch))]);
    for (const task of rows ? tasks : []) {
      const isIts = (row: { batch: string; index: number | null }): boolean =>
        row.batch === task.batch && row.index === task.index;
      task.see(rows?.find(isIts) ?? null);
    }
    if ([...tasks].some(task => task.isDoubtful)) asking.soon();
  }

  async function hear(task: FollowedTask): Promise<void> {
    const outcome = await task.hear();
    if (!outcome) return;
    tasks.delete(task);
    asking.soon();
    task.ticket.conclude(outcome);
  }

  async function stopAsked(): Promise<void> {
    const stopping = [...tasks].filter(({ ticket }) => ticket.isStopping);
    // What another runner has submitted goes on for that one.
    for (const task of stopping.filter(({ isOurs }) => !isOurs)) {
      tasks.delete(task);
      task.ticket.conclude({ type: 'stopped' });
    }
    const ours = stopping.filter(({ isOurs }) => isOurs);
    if (ours.length === 0 || performance.now() < stopAgain) return;
    stopAgain = performance.now() + STOP_AGAIN_MS;
    asking.soon();
    await slurm.stop(ours.map(({ slurmJob }) => slurmJob));
  }

  async function watch(): Promise<void> {
    while (tasks.size > 0) {
      if (asking.isDue()) await ask();
      await Promise.all([...tasks].map(hear));
      await stopAsked();
      if (tasks.size === 0) return;
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, times.look);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  return {
    follow(place, ticket) {
      ticket.tell({ type: 'queued', as: `Slurm job ${place.slurmJob}` });
      tasks.add(followTask(store, place, ticket));
      asking.soon();
      if (isWatching) return wake();
      isWatching = true;
      void watch()
        .catch((error: unknown) => {
          for (const { ticket } of tasks) ticket.conclude({ type: 'refused', message: messageOf(error) });
          tasks.clear();
        })
        .finally(() => {
          isWatching = false;
        });
    },
    wake() {
      stopAgain = 0;
      wake();
    },
    async close() {
      const ours = [...tasks].filter(({ isOurs }) => isOurs);
      for (const { ticket } of tasks) ticket.conclude({ type: 'stopped' });
      tasks.clear();
      wake();
      if (ours.length > 0) await slurm.cancel(ours.map(({ slurmJob }) => slurmJob));
    },
  };
}

/** When to ask next: the waits grow by half from one to the next, until something changes. */
function spacedOut({ ask, askAtMost }: QueueTimes): { isDue(): boolean; soon(): void } {
  let wait = ask;
  let due = 0;
  return {
    isDue() {
      if (performance.now() < due) return false;
      due = performance.now() + wait;
      wait = Math.min(1.5 * wait, askAtMost);
      return true;
    },
    soon() {
      wait = ask;
      due = Math.min(due, performance.now() + ask);
    },
  };
}
