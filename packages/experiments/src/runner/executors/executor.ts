import type { Job, JobEvent, JobOutcome } from '../perform-job.js';

/**
 * Where runs are brought to their ends: in this process, in processes on this machine, on a cluster. It holds the slots;
 * the scheduler says what goes next. Every executor passes the same conformance suite.
 */
export interface Executor {
  readonly name: string;
  /** Starts a job, or gives undefined where there is no room for it now. */
  start(job: Job, onEvent: (event: JobEvent) => void): Execution | undefined;
  /** Ends what is still there, at once. */
  close(): Promise<void>;
}

export interface Execution {
  /** Never rejects. */
  readonly outcome: Promise<JobOutcome>;
  /** Asks the job to keep what it has done and to end; it may take as long as a step. */
  stop(): void;
}
