import { messageOf, UsageError } from '@strata/core/errors';
import type { TrainingEvent } from '@strata/core/training';
import type { Plan, PlannedRun } from '../plan/index.js';
import { appendLog, failRun, type RunResult, releaseRun, runStatus } from '../store/index.js';
import { type EvaluationContext, ensureEnsembles, ensureEvaluations } from './evaluate-run.js';
import { Stopped, trainRun } from './train-run.js';

export type RunnerEvent =
  | { readonly type: 'reused'; readonly planned: PlannedRun; readonly result: RunResult }
  | { readonly type: 'began'; readonly planned: PlannedRun }
  | { readonly type: 'training'; readonly planned: PlannedRun; readonly event: TrainingEvent }
  | { readonly type: 'testing'; readonly planned: PlannedRun }
  | { readonly type: 'ended'; readonly planned: PlannedRun; readonly result: RunResult }
  | { readonly type: 'failed'; readonly planned: PlannedRun; readonly reason: string };

export interface RunnerContext extends EvaluationContext {
  readonly onEvent: (event: RunnerEvent) => void;
  readonly signal: AbortSignal;
}

export type RunOutcome = 'trained' | 'reused' | 'failed';

export interface PlanOutcome {
  /** What became of each planned run that was reached, by id. */
  readonly runs: ReadonlyMap<string, RunOutcome>;
  readonly stopped: boolean;
}

/**
 * Brings every run of a plan to its end, one after the other in this process. Runs that the store holds are not trained
 * again; one that fails does not keep the rest from running, except those that start from it.
 */
export async function runPlan(context: RunnerContext, plan: Plan): Promise<PlanOutcome> {
  const runs = new Map<string, RunOutcome>();
  for (const planned of plan.runs) {
    if (context.signal.aborted) return { runs, stopped: true };
    try {
      runs.set(planned.id, await bringToEnd(context, planned, runs));
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      await releaseRun(context.store, planned.id);
      return { runs, stopped: true };
    }
  }
  await ensureEnsembles(context, plan);
  return { runs, stopped: false };
}

async function bringToEnd(
  context: RunnerContext,
  planned: PlannedRun,
  runs: ReadonlyMap<string, RunOutcome>,
): Promise<RunOutcome> {
  const { store, onEvent } = context;
  const status = await runStatus(store, planned.id);
  if (status.state === 'running') {
    throw new UsageError(
      `Run ${planned.id} (${planned.variant}, seed ${planned.seed}) is being trained ${status.reason}; wait for it, or use another --store.`,
    );
  }
  const failedParent = planned.run.parents.find(parent => runs.get(parent.run) === 'failed');
  if (failedParent && !status.result)
    return fail(context, planned, `the run it starts from (${failedParent.run}) failed`);
  try {
    const result = status.result ?? (await trainNow(context, planned));
    if (!status.result) onEvent({ type: 'testing', planned });
    await ensureEvaluations(context, planned);
    onEvent({ type: status.result ? 'reused' : 'ended', planned, result });
    return status.result ? 'reused' : 'trained';
  } catch (error) {
    // What the user has to mend stops everything; what is wrong with one run does not.
    if (error instanceof Stopped || error instanceof UsageError) throw error;
    return fail(context, planned, messageOf(error));
  }
}

async function trainNow(context: RunnerContext, planned: PlannedRun): Promise<RunResult> {
  const { onEvent } = context;
  onEvent({ type: 'began', planned });
  return trainRun({ ...context, onEvent: event => onEvent({ type: 'training', planned, event }) }, planned);
}

async function fail(
  { store, onEvent }: RunnerContext,
  planned: PlannedRun,
  reason: string,
): Promise<'failed'> {
  await failRun(store, planned.id, reason);
  await appendLog(store, planned.id, `failed: ${reason}`);
  onEvent({ type: 'failed', planned, reason });
  return 'failed';
}
