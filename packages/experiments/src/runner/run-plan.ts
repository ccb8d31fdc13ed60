import { UsageError } from '@strata/core/errors';
import type { Plan, PlannedRun } from '../plan/index.js';
import { hasWeights, type LeaseTimes, leaseWatch, recordFailure, usualLeaseTimes } from '../store/index.js';
import type { Execution, Executor } from './executors/index.js';
import { type Look, lookAt } from './look-at.js';
import { orderRuns, type RunOrder } from './order.js';
import type { JobOutcome, RunJob } from './perform-job.js';
import type { PlanOutcome, RunnerEvent, RunOutcome } from './runner-event.js';
import { testEnsembles } from './test-ensembles.js';

export interface RunnerContext {
  readonly store: string;
  readonly executor: Executor;
  readonly onEvent: (event: RunnerEvent) => void;
  readonly signal: AbortSignal;
  /** How often a run is tried again after its process has died; 2 unless given. A diverged run has not failed. */
  readonly retries?: number;
  /** Stop everything when a run fails. */
  readonly failFast?: boolean;
  /** Train unfinished runs from their beginning. */
  readonly fresh?: boolean;
  /** What a run is expected to take, in any unit; multiply-adds unless given. */
  readonly cost?: (planned: PlannedRun) => number;
  readonly leaseTimes?: LeaseTimes;
}

/** How often runs that others train are looked at. */
const LOOK_MS = 1000;
const RETRIES = 2;

/**
 * Brings every run of a plan to its end: the most urgent first, as many at a time as the executor takes. Runs that the
 * store holds are not trained again; one that another process trains is waited for, and taken over should that process
 * die. A run that fails does not keep the rest from running, except those that start from it.
 * @throws UsageError when there is something that the user has to mend.
 */
export async function runPlan(context: RunnerContext, plan: Plan): Promise<PlanOutcome> {
  const { signal } = context;
  const sweep = newSweep(context, plan);
  const wake = (): void => sweep.wake();
  signal.addEventListener('abort', wake);
  try {
    await lookAtAll(sweep);
    while (!isOver(sweep)) {
      const news = sweep.nextNews();
      if (isStopping(sweep)) for (const execution of sweep.running.values()) execution.stop();
      else await startReady(sweep);
      if (isOver(sweep)) break;
      const isAlone = sweep.running.size === 0;
      const timer = isAlone || sweep.waiting.size > 0 ? setTimeout(wake, LOOK_MS) : undefined;
      await news;
      clearTimeout(timer);
      await lookAtWaiting(sweep);
    }
  } finally {
    signal.removeEventListener('abort', wake);
  }
  if (sweep.error !== undefined) throw sweep.error;
  if (!isStopping(sweep)) await testEnsembles(context, trainedEnsembles(sweep, plan));
  const reached = plan.runs.flatMap(({ id }): [string, RunOutcome][] => {
    const outcome = sweep.outcomes.get(id);
    return outcome ? [[id, outcome]] : [];
  });
  return { runs: new Map(reached), stopped: signal.aborted };
}

function trainedEnsembles({ outcomes }: Sweep, { ensembles }: Plan): Plan['ensembles'] {
  return ensembles.filter(({ runs }) => runs.every(({ id }) => outcomes.get(id) !== 'failed'));
}

/** A plan on its way. Every run is in one of: outcomes, running, waiting, open. */
interface Sweep {
  readonly context: RunnerContext;
  readonly order: RunOrder;
  readonly outcomes: Map<string, RunOutcome>;
  readonly running: Map<string, Execution>;
  /** Runs that another process works on. */
  readonly waiting: Set<PlannedRun>;
  readonly open: Set<PlannedRun>;
  /** Finished, but their weights cannot be read, and are needed. */
  readonly damaged: Set<PlannedRun>;
  readonly crashes: Map<string, number>;
  readonly watch: ReturnType<typeof leaseWatch>;
  /** What keeps everything from going on. */
  error?: unknown;
  hasFailed: boolean;
  wake: () => void;
  /** Settles at the next call of `wake`. */
  nextNews(): Promise<void>;
}

function newSweep(context: RunnerContext, plan: Plan): Sweep {
  const { cost = multiplyAddsOf, leaseTimes = usualLeaseTimes } = context;
  const order = orderRuns(plan.runs, cost);
  const sweep: Sweep = {
    context,
    order,
    outcomes: new Map(),
    running: new Map(),
    waiting: new Set(),
    open: new Set(order.runs),
    damaged: new Set(),
    crashes: new Map(),
    watch: leaseWatch(leaseTimes.leaseMs),
    hasFailed: false,
    wake: () => {},
    nextNews: () =>
      new Promise(resolve => {
        sweep.wake = resolve;
      }),
  };
  return sweep;
}

function multiplyAddsOf({ multiplyAdds, steps, run }: PlannedRun): number {
  return multiplyAdds * steps * run.recipe.batchSize;
}

function isStopping({ context, error, hasFailed }: Sweep): boolean {
  return context.signal.aborted || error !== undefined || (hasFailed && context.failFast === true);
}

function isOver(sweep: Sweep): boolean {
  if (sweep.running.size > 0) return false;
  return isStopping(sweep) || (sweep.open.size === 0 && sweep.waiting.size === 0);
}

/** Settles what is over already, unless it is to be made again: weights that others start from must be whole. */
async function lookAtAll(sweep: Sweep): Promise<void> {
  const { context, order } = sweep;
  const looks = new Map<PlannedRun, Look>();
  for (const run of order.runs) looks.set(run, await lookAt(context.store, run, sweep.watch));
  for (const [planned, look] of looks) {
    if (look.type !== 'over') continue;
    const isNeeded = order.childrenOf(planned).some(child => looks.get(child)?.type !== 'over');
    if (isNeeded && !(await hasWeights(context.store, planned.id))) sweep.damaged.add(planned);
    else settle(sweep, planned, 'reused', { type: 'reused', planned, result: look.result });
  }
}

/** Starts what is ready, until the executor takes no more. */
async function startReady(sweep: Sweep): Promise<void> {
  const { order, open, outcomes } = sweep;
  for (const planned of order.runs) {
    const isReady = order.parentsOf(planned).every(parent => outcomes.has(parent.id));
    if (open.has(planned) && isReady && !(await startOne(sweep, planned))) return;
  }
}

/** Starts a run where that is needed and possible; false where there is no room. */
async function startOne(sweep: Sweep, planned: PlannedRun): Promise<boolean> {
  const { context, open, running, waiting, crashes } = sweep;
  const look = await lookAt(context.store, planned, sweep.watch);
  if (look.type === 'over' && !sweep.damaged.has(planned)) {
    settle(sweep, planned, 'reused', { type: 'reused', planned, result: look.result });
    return true;
  }
  if (look.type === 'held') {
    open.delete(planned);
    waiting.add(planned);
    context.onEvent({ type: 'waiting', planned, by: look.by });
    return true;
  }
  const failedParent = sweep.order.parentsOf(planned).find(({ id }) => sweep.outcomes.get(id) === 'failed');
  if (failedParent) {
    await fail(sweep, planned, `the run it starts from (${failedParent.id}) failed`, false);
    return true;
  }
  const job: RunJob = {
    planned,
    ...(look.type === 'open' && look.dead !== undefined && { dead: look.dead }),
    // A run that has crashed goes on from where it was then.
    ...(context.fresh && !crashes.has(planned.id) && { fresh: true }),
  };
  const execution = context.executor.start(job, event => context.onEvent({ ...event, planned }));
  if (!execution) return false;
  open.delete(planned);
  running.set(planned.id, execution);
  void execution.outcome
    .then(outcome => conclude(sweep, planned, outcome))
    .catch((error: unknown) => {
      sweep.error ??= error;
    })
    .finally(() => {
      running.delete(planned.id);
      sweep.wake();
    });
  return true;
}

async function lookAtWaiting(sweep: Sweep): Promise<void> {
  for (const planned of sweep.waiting) {
    const look = await lookAt(sweep.context.store, planned, sweep.watch);
    if (look.type === 'held') continue;
    sweep.waiting.delete(planned);
    sweep.open.add(planned);
  }
}

async function conclude(sweep: Sweep, planned: PlannedRun, outcome: JobOutcome): Promise<void> {
  switch (outcome.type) {
    case 'ended':
      settle(sweep, planned, outcome.trained ? 'trained' : 'reused', {
        type: outcome.trained ? 'ended' : 'reused',
        planned,
        result: outcome.result,
      });
      break;
    case 'tested':
    case 'held':
      sweep.open.add(planned);
      break;
    case 'refused':
      sweep.error ??= new UsageError(outcome.message);
      break;
    case 'failed':
      await fail(sweep, planned, outcome.reason, true);
      break;
    case 'stopped':
      if (isStopping(sweep)) sweep.open.add(planned);
      else await retry(sweep, planned, 'its process was asked to stop');
      break;
    case 'crashed':
      if (isStopping(sweep)) sweep.open.add(planned);
      else await retry(sweep, planned, outcome.reason);
      break;
    case 'cancelled':
      if (isStopping(sweep)) sweep.open.add(planned);
      else await fail(sweep, planned, outcome.reason, false);
      break;
  }
}

async function retry(sweep: Sweep, planned: PlannedRun, reason: string): Promise<void> {
  const { retries = RETRIES, onEvent } = sweep.context;
  const crashes = (sweep.crashes.get(planned.id) ?? 0) + 1;
  sweep.crashes.set(planned.id, crashes);
  if (crashes > retries) return fail(sweep, planned, reason, false);
  onEvent({ type: 'retrying', planned, reason });
  sweep.open.add(planned);
}

async function fail(sweep: Sweep, planned: PlannedRun, reason: string, isRecorded: boolean): Promise<void> {
  sweep.hasFailed = true;
  if (!isRecorded) await recordFailure(sweep.context.store, planned.id, planned.run, reason);
  settle(sweep, planned, 'failed', { type: 'failed', planned, reason });
}

function settle(sweep: Sweep, planned: PlannedRun, outcome: RunOutcome, event: RunnerEvent): void {
  sweep.damaged.delete(planned);
  sweep.open.delete(planned);
  sweep.outcomes.set(planned.id, outcome);
  sweep.context.onEvent(event);
}
