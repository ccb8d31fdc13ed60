import type { CheckpointPace } from '../checkpoint-clock.js';
import type { Job, JobEvent, JobOutcome } from '../perform-job.js';

/** Where another process finds the data of a run, whose name and shape the run has. */
export interface DataSource {
  readonly dataDir?: string;
}

/** What a job process is told first. */
export interface JobTask {
  readonly store: string;
  readonly source: DataSource;
  readonly job: Job;
  readonly threads?: number;
  readonly pace?: CheckpointPace;
  readonly beatMs?: number;
  /** Steps are told this often: whoever listens wants a picture, not every step. */
  readonly tellMs?: number;
  readonly tensorboard?: boolean;
}

export type ToJob = { readonly type: 'task'; readonly task: JobTask } | { readonly type: 'stop' };

export type FromJob =
  | { readonly type: 'event'; readonly event: JobEvent }
  | { readonly type: 'outcome'; readonly outcome: JobOutcome };
