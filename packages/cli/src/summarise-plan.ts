import { cpus } from 'node:os';
import { usualSpeed } from '@strata/core/engine/cost';
import { expectedCosts, type Plan, type PlannedRun, totalSeconds } from '@strata/experiments/plan';
import { choosePlaces, knownSpeed, speedHere, sweepSeconds } from '@strata/experiments/runner';
import { type RunResult, type RunState, runStatus } from '@strata/experiments/store';
import type { PlanSummary } from './plan-summary.js';

export interface SummaryOptions {
  /** As the user wants them; else as they would be chosen. */
  readonly slots?: number;
  readonly threads?: number;
  /** The machine is measured where it is not known, if that is given; it is told beforehand. */
  readonly onMeasure?: () => void;
}

/** What a plan will do on this store, before anything runs. */
export async function summarisePlan(
  plan: Plan,
  store: string,
  { slots, threads, onMeasure }: SummaryOptions = {},
): Promise<PlanSummary> {
  const statuses = await Promise.all(plan.runs.map(({ id }) => runStatus(store, id)));
  const looked = plan.runs.map((planned, i) => ({
    planned,
    state: statuses[i]?.state ?? 'planned',
    result: statuses[i]?.result,
  }));
  const open = looked.filter(({ state }) => !isOver(state)).map(({ planned }) => planned);
  const place = await likelyPlace(open, { ...(slots && { slots }), ...(threads && { threads }) });
  const placement = { processes: place.slots, threads: place.threads ?? cpus().length };
  const speed = onMeasure
    ? await speedHere(plan.engine, placement, onMeasure)
    : ((await knownSpeed(plan.engine, placement)) ?? usualSpeed(plan.engine));
  const recorded = looked.flatMap(({ planned, result }) =>
    result && isMadeHere(result, place.threads) ? [{ planned, result }] : [],
  );
  const costs = expectedCosts(plan.runs, speed, recorded);
  const costOf = (planned: PlannedRun): number => {
    const cost = costs.get(planned);
    return cost ? totalSeconds(cost) : 0;
  };
  return {
    runs: looked.map(({ planned, state, result }) => ({
      planned,
      state,
      seconds: result?.seconds ?? costOf(planned),
    })),
    seconds: sweepSeconds(open, costOf, place.slots),
    slots: place.slots,
  };
}

function isOver(state: RunState): boolean {
  return state === 'done' || state === 'diverged';
}

/** What a machine of another kind, or another number of threads, took says nothing. */
function isMadeHere({ environment }: RunResult, threads: number | undefined): boolean {
  return environment.cpu === cpus()[0]?.model && environment.threads === (threads ?? null);
}

/** As the runner would split the machine; nothing is measured for it. */
async function likelyPlace(
  open: readonly PlannedRun[],
  wanted: { readonly slots?: number; readonly threads?: number },
): Promise<{ readonly slots: number; readonly threads?: number }> {
  const work = ({ multiplyAdds, steps, run }: PlannedRun): number =>
    multiplyAdds * steps * run.recipe.batchSize;
  const heaviest = open.toSorted((a, b) => work(b) - work(a))[0];
  const places = await choosePlaces({
    runs: open.length,
    ...wanted,
    ...(heaviest && { measure: { planned: heaviest, seconds: 0 } }),
  });
  return places[0] ?? { slots: 1 };
}

/** Seconds of training from which on a few are spent on measuring the machine first. */
const WORTH_MEASURING = 60;

/** As `summarisePlan`, for what is about to be run: the machine is measured where that takes little beside the runs. */
export async function summariseRun(
  plan: Plan,
  store: string,
  options: SummaryOptions & Required<Pick<SummaryOptions, 'onMeasure'>>,
): Promise<PlanSummary> {
  const { onMeasure, ...rest } = options;
  const rough = await summarisePlan(plan, store, rest);
  return rough.seconds < WORTH_MEASURING ? rough : summarisePlan(plan, store, options);
}

export function sayMeasuring(): void {
  console.error('Measuring how fast this machine trains, once (a few seconds) …');
}
