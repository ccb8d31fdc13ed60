import type { Experiment, ProfileName } from '@strata/experiments/catalog';
import { estimateSeconds, planExperiment, trainingRate } from '@strata/experiments/plan';

/** The engine that estimates are for when nobody has chosen one: the one that is always there. */
const ENGINE = 'wasm';

export interface ProfileEstimate {
  readonly runs: number;
  readonly seconds: number;
  readonly engine: string;
}

/** How many runs a profile has and how long they take here, roughly; no data set is looked for. */
export function estimateProfile(experiment: Experiment, profileName: ProfileName): ProfileEstimate {
  const profile = experiment.profiles[profileName];
  const { dataset, subset, options, seeds } = profile;
  const { runs } = planExperiment({
    experiment,
    profileName,
    profile,
    data: {
      name: dataset,
      checksum: '',
      shape: options.input,
      classes: 10,
      train: subset.train ?? 0,
      test: subset.test ?? 0,
      note: null,
    },
    engine: ENGINE,
    seeds: Array.from({ length: seeds }, (_, i) => i),
  });
  const rate = trainingRate(ENGINE, []);
  const seconds = runs.reduce((sum, run) => sum + estimateSeconds(run, rate), 0);
  return { runs: runs.length, seconds, engine: ENGINE };
}
