import { readFile } from 'node:fs/promises';
import { batchFiles } from '../../../store/index.js';
import type { JobOutcome } from '../../perform-job.js';
import type { TaskPlace } from './earlier-tasks.js';
import { isOver, type QueuedTask } from './queue.js';
import type { Ticket } from './ticket.js';
import { listenTo } from './told.js';
import { verdictOf } from './verdict.js';

/** A task that is in Slurm's hands. */
export interface FollowedTask extends TaskPlace {
  readonly ticket: Ticket;
  /** Takes in what the task has told since; an outcome once there is one. */
  hear(): Promise<JobOutcome | undefined>;
  /** Takes in what the queue shows of it: null where it shows nothing. */
  see(queued: QueuedTask | null): void;
  /** The queue has shown once that it is over; it may be on its way to another node. */
  readonly isDoubtful: boolean;
}

/** Of the output, for the reason of a crash. */
const KEPT_COMPLAINT = 4000;

export function followTask(store: string, place: TaskPlace, ticket: Ticket): FollowedTask {
  const files = batchFiles(store, place.batch);
  const listen = listenTo(files.told(place.index));
  let attempts = 0;
  let told: JobOutcome | undefined;
  let queued: QueuedTask | null | undefined;
  let endings = 0;
  return {
    ...place,
    ticket,
    get isDoubtful() {
      return endings === 1;
    },
    see(row) {
      const isEnding = !row || isOver(row);
      endings = isEnding ? endings + 1 : 0;
      if (!isEnding || endings > 1) queued = row;
    },
    async hear() {
      const messages = await listen();
      // Whoever has submitted it has seen its end: the store knows the rest.
      if (!messages) return { type: 'held' };
      for (const message of messages) {
        if (message.type === 'event') ticket.tell(message.event);
        else if (message.type === 'outcome') told = message.outcome;
        else {
          attempts++;
          told = undefined;
        }
      }
      const view = { job: place.slurmJob, attempts, told, queued, isStopping: ticket.isStopping };
      const verdict = verdictOf({ ...view, complaint: '' });
      if (verdict?.type !== 'crashed') return verdict;
      return verdictOf({ ...view, complaint: await lastWords(files.output(place.index)) });
    },
  };
}

async function lastWords(file: string): Promise<string> {
  const output = await readFile(file, 'utf8').catch(() => '');
  return output.slice(-KEPT_COMPLAINT).trim().split('\n').at(-1) ?? '';
}
