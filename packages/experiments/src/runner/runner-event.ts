import type { PlannedRun } from '../plan/index.js';
import type { RunResult } from '../store/index.js';
import type { JobEvent } from './perform-job.js';

/** What happens to the runs of a plan, for whoever shows it. */
export type RunnerEvent = { readonly planned: PlannedRun } & (
  | JobEvent
  | { readonly type: 'reused'; readonly result: RunResult }
  /** Another process works on it. */
  | { readonly type: 'waiting'; readonly by: string }
  | { readonly type: 'retrying'; readonly reason: string }
  | { readonly type: 'ended'; readonly result: RunResult }
  | { readonly type: 'failed'; readonly reason: string }
);

/** `trained`: by this call, from its beginning or a checkpoint. */
export type RunOutcome = 'trained' | 'reused' | 'failed';

export interface PlanOutcome {
  /** What became of each planned run that was brought to an end, by id, in the plan's order. */
  readonly runs: ReadonlyMap<string, RunOutcome>;
  readonly stopped: boolean;
}
