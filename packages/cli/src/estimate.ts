import type { Experiment, ProfileName } from '@strata/experiments/catalog';
import { declaredData, estimateSeconds, planExperiment, trainingRate } from '@strata/experiments/plan';

/** The engine that estimates are for when nobody has chosen one: what `auto` takes on most machines. */
const ENGINE = 'onnx';

export interface ProfileEstimate {
  readonly runs: number;
  readonly seconds: number;
  readonly engine: string;
}

/** How many runs a profile has and how long they take here, roughly; no data set is looked for. */
export function estimateProfile(experiment: Experiment, profileName: ProfileName): ProfileEstimate {
  const profile = experiment.profiles[profileName];
  const { runs } = planExperiment({
    experiment,
    profileName,
    profile,
    data: declaredData(profile),
    engine: ENGINE,
    seeds: Array.from({ length: profile.seeds }, (_, i) => i),
  });
  const rate = trainingRate(ENGINE, []);
  const seconds = runs.reduce((sum, run) => sum + estimateSeconds(run, rate), 0);
  return { runs: runs.length, seconds, engine: ENGINE };
}
