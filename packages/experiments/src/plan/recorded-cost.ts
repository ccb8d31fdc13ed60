import type { EngineSpeed } from '@strata/core/engine/cost';
import type { RunResult } from '../store/index.js';
import { type RunCost, runCost } from './cost.js';
import type { PlannedRun } from './plan.js';

/** A finished run of a plan, made where the others are to be made. */
export interface Recorded {
  readonly planned: PlannedRun;
  readonly result: Pick<RunResult, 'seconds' | 'steps'>;
}

/**
 * What each run is expected to take: its training as long a step as finished runs of the same network took, where there
 * are some; else as the speed says, times what finished runs of other networks took compared with that.
 */
export function expectedCosts(
  runs: readonly PlannedRun[],
  speed: EngineSpeed,
  recorded: readonly Recorded[] = [],
): ReadonlyMap<PlannedRun, RunCost> {
  const ratios = recorded
    .map(({ planned, result }) => ({
      key: keyOf(planned),
      ratio: (result.seconds * planned.steps) / (result.steps * runCost(planned, speed).training),
    }))
    .filter(({ ratio }) => Number.isFinite(ratio) && ratio > 0);
  const all = middle(ratios.map(({ ratio }) => ratio)) ?? 1;
  const costOf = (planned: PlannedRun): RunCost => {
    const own = ratios.filter(({ key }) => key === keyOf(planned)).map(({ ratio }) => ratio);
    const cost = runCost(planned, speed);
    return { ...cost, training: cost.training * (middle(own) ?? all) };
  };
  return new Map(runs.map(run => [run, costOf(run)]));
}

function keyOf({ run }: PlannedRun): string {
  return `${run.network} ${run.recipe.batchSize}`;
}

function middle(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}
