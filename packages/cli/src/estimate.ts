import { availableParallelism } from 'node:os';
import { usualSpeed } from '@strata/core/engine/cost';
import type { Experiment, ProfileName } from '@strata/experiments/catalog';
import {
  declaredData,
  type PlannedRun,
  planExperiment,
  runCost,
  totalSeconds,
} from '@strata/experiments/plan';
import { sweepSeconds } from '@strata/experiments/runner';

/** The engine that estimates are for when nobody has chosen one: what `auto` takes on most machines. */
const ENGINE = 'onnx';

export interface ProfileEstimate {
  readonly runs: number;
  readonly seconds: number;
  readonly engine: string;
}

/** How many runs a profile has and how long they take on as many cores as there are here, roughly: nothing is measured, no data set looked for. */
export function estimateProfile(experiment: Experiment, profileName: ProfileName): ProfileEstimate {
  const profile = experiment.profiles[profileName];
  const { runs } = planExperiment({
    experiment,
    profileName,
    profile,
    ...declaredData(experiment, profile),
    engine: ENGINE,
    seeds: Array.from({ length: profile.seeds }, (_, i) => i),
  });
  const speed = usualSpeed(ENGINE);
  // A variant costs the same at every seed.
  const costs = new Map<string, number>();
  const cost = (run: PlannedRun): number => {
    const seconds = costs.get(run.variant) ?? totalSeconds(runCost(run, speed));
    costs.set(run.variant, seconds);
    return seconds;
  };
  const seconds = sweepSeconds(runs, cost, availableParallelism());
  return { runs: runs.length, seconds, engine: ENGINE };
}
