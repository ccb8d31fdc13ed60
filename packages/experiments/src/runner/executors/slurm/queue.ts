/** A task as Slurm's queue shows it. */
export interface QueuedTask {
  /** Of its batch, which is the job's name. */
  readonly batch: string;
  /** Of the array. */
  readonly job: string;
  /** Null for the rest of an array that was cancelled before it was split into tasks. */
  readonly index: number | null;
  /** In Slurm's words: PENDING, RUNNING … */
  readonly state: string;
}

/** Name, array, number in it, state. */
export const QUEUE_FORMAT = '%j|%F|%K|%T';

/** Lines of `squeue --array --noheader` in that format; what does not look like it is passed over. */
export function parseQueue(text: string): readonly QueuedTask[] {
  return text.split('\n').flatMap(line => {
    const [batch, job, index, state] = line.trim().split('|');
    if (!batch || !job || index === undefined || !state || !/^\d+$/.test(job)) return [];
    return [{ batch, job, index: /^\d+$/.test(index) ? Number(index) : null, state }];
  });
}

/** States in which a job will not run again by itself (squeue(1), job state codes). What is not known here is waited for. */
const OVER = [
  'BOOT_FAIL',
  'CANCELLED',
  'COMPLETED',
  'DEADLINE',
  'FAILED',
  'NODE_FAIL',
  'OUT_OF_MEMORY',
  'PREEMPTED',
  'REVOKED',
  'TIMEOUT',
];

export function isOver({ state }: QueuedTask): boolean {
  return OVER.includes(state);
}

export const CANCELLED = 'CANCELLED';
