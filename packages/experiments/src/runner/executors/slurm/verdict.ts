import type { JobOutcome } from '../../perform-job.js';
import { CANCELLED, isOver, type QueuedTask } from './queue.js';

/** All that is known of a task that was submitted. */
export interface TaskView {
  /** As `12_3`. */
  readonly job: string;
  /** How often it has begun to run: more than once after its node failed. */
  readonly attempts: number;
  /** What its last attempt has told. */
  readonly told: JobOutcome | undefined;
  /** Undefined where Slurm has not been heard of it; null when Slurm knows it no more. */
  readonly queued: QueuedTask | null | undefined;
  /** This runner has asked it to stop. */
  readonly isStopping: boolean;
  /** Its process's last words. */
  readonly complaint: string;
}

/**
 * What became of a task, or undefined while that is open. The task's own word counts first, whatever the queue
 * says; but one that was told to stop, and not by this runner, may be on its way to another node.
 */
export function verdictOf({
  job,
  attempts,
  told,
  queued,
  isStopping,
  complaint,
}: TaskView): JobOutcome | undefined {
  if (told && (told.type !== 'stopped' || isStopping)) return told;
  if (queued === undefined || (queued && !isOver(queued))) return undefined;
  if (isStopping) return { type: 'stopped' };
  // A task that has never run leaves the queue in one way only.
  if (queued?.state === CANCELLED || (!queued && attempts === 0)) {
    return { type: 'cancelled', reason: `Slurm job ${job} was cancelled` };
  }
  if (told) return told;
  const how = queued ? `ended as ${queued.state}` : 'is gone from the queue';
  return { type: 'crashed', reason: `its Slurm job ${job} ${how}${complaint ? `: ${complaint}` : ''}` };
}
