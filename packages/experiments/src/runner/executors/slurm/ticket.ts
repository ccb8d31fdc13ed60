import type { Job, JobEvent, JobOutcome } from '../../perform-job.js';

/** A job from its start to its outcome, wherever it is in between. */
export interface Ticket {
  readonly job: Job;
  readonly outcome: Promise<JobOutcome>;
  readonly tell: (event: JobEvent) => void;
  /** The first outcome counts. */
  readonly conclude: (outcome: JobOutcome) => void;
  isStopping: boolean;
}

export function newTicket(job: Job, tell: (event: JobEvent) => void): Ticket {
  let conclude: (outcome: JobOutcome) => void = () => {};
  const outcome = new Promise<JobOutcome>(resolve => {
    conclude = resolve;
  });
  return { job, outcome, tell, conclude, isStopping: false };
}
