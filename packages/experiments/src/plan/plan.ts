import { UsageError, unknownName } from '@strata/core/errors';
import { buildModel } from '@strata/core/models';
import { contentHash, multiplyAdds, parameterCount, trainingBytes } from '@strata/core/network';
import type { Experiment, Profile, ProfileName, Variant } from '../catalog/index.js';
import { NUMERICS, type Parent, type Run, runId, type Split } from '../store/index.js';
import { checkVariant } from './check-variant.js';
import {
  ensemblesAt,
  evaluationsAt,
  evaluationsOf,
  type PlannedEnsemble,
  type PlannedEvaluation,
  planEnsembles,
  planEvaluations,
} from './evaluations.js';
import { dataNamed, type PlannedData } from './planned-data.js';
import type { ResolvedStart } from './start.js';
import { settingsOf, variantsAt } from './variant-settings.js';

export interface PlanRequest {
  readonly experiment: Experiment;
  readonly profileName: ProfileName;
  /** The experiment's profile, with the user's changes. */
  readonly profile: Profile;
  /** Of the profile's data set. */
  readonly data: PlannedData;
  /** Of the sets that variants name, by that name. */
  readonly otherData?: Readonly<Record<string, PlannedData>>;
  readonly engine: string;
  readonly seeds: readonly number[];
  /** Names of variants; all when left out. Variants that these start from come along. */
  readonly only?: readonly string[];
  /** The profile's start, read. */
  readonly start?: ResolvedStart;
}

export interface PlannedRun {
  readonly id: string;
  readonly variant: string;
  readonly seed: number;
  readonly run: Run;
  readonly parameters: number;
  readonly multiplyAdds: number;
  readonly trainingBytes: number;
  readonly steps: number;
  /** How many it is trained on, and how many it is tested on. */
  readonly images: Readonly<Record<Split, number>>;
  /** How the trained network is tested. */
  readonly evaluations: readonly PlannedEvaluation[];
  /** Whether what its layers answer is measured too. */
  readonly measuresResponses: boolean;
}

export interface Plan extends PlanRequest {
  /** Parents before the runs that start from them. */
  readonly runs: readonly PlannedRun[];
  readonly ensembles: readonly PlannedEnsemble[];
}

/** All runs of an experiment at a profile, with their ids: a pure function of its arguments. */
export function planExperiment(request: PlanRequest): Plan {
  const { experiment, profile, seeds } = request;
  const wanted = withParents(experiment, profile, request.only);
  for (const variant of wanted) {
    const settings = settingsOf(profile, variant);
    checkVariant(experiment, settings, dataNamed(request, settings.dataset));
  }
  const runs: PlannedRun[] = [];
  for (const seed of seeds) {
    const ids = new Map<string, string>();
    for (const variant of wanted) {
      const planned = planRun(request, variant, seed, ids);
      ids.set(variant.name, planned.id);
      runs.push(planned);
    }
  }
  const ensembles = planEnsembles(ensemblesAt(experiment, profile), evaluationsAt(experiment, profile), runs);
  return { ...request, runs, ensembles };
}

function planRun(
  request: PlanRequest,
  variant: Variant,
  seed: number,
  ids: ReadonlyMap<string, string>,
): PlannedRun {
  const { experiment, profile, engine } = request;
  const { model: spec, recipe, dataset, subset } = settingsOf(profile, variant);
  const data = dataNamed(request, dataset);
  const { validation = 0, train = data.train - validation, test = data.test } = subset;
  const model = { ...spec, options: { ...spec.options, classes: data.classes } };
  const network = buildModel(model);
  const run: Run = {
    model,
    network: contentHash(network),
    dataset: { name: data.name, checksum: data.checksum, subset },
    recipe,
    seed,
    engine,
    parents: parentsOf(request, variant, ids),
    ...startFileOf(request, variant),
    numerics: NUMERICS,
  };
  const { batchSize, epochs } = recipe;
  const id = runId(run);
  return {
    id,
    variant: variant.name,
    seed,
    run,
    parameters: parameterCount(network),
    multiplyAdds: multiplyAdds(network),
    trainingBytes: trainingBytes(network, batchSize),
    steps: epochs * Math.max(1, Math.floor(train / batchSize)),
    images: { train, test },
    evaluations: planEvaluations(evaluationsOf(experiment, profile, variant), [id]),
    measuresResponses: experiment.measuresResponses ?? false,
  };
}

function parentsOf(
  { profile, start }: PlanRequest,
  variant: Variant,
  ids: ReadonlyMap<string, string>,
): readonly Parent[] {
  if (!profile.startFromTrained || !variant.startsFrom) {
    return start?.run === undefined
      ? []
      : [{ run: start.run, ...(start.layers && { layers: start.layers }) }];
  }
  const run = ids.get(variant.startsFrom.variant);
  if (!run)
    throw new RangeError(
      `${variant.name} starts from ${variant.startsFrom.variant}, which must stand before it.`,
    );
  const { layers } = variant.startsFrom;
  return [{ run, ...(layers && { layers }) }];
}

/** Of variants that start from no other: what those have, they get from them. */
function startFileOf({ profile, start }: PlanRequest, variant: Variant): Pick<Run, 'startFile'> {
  if (!start?.file || (profile.startFromTrained && variant.startsFrom)) return {};
  const { path: _, ...startFile } = start.file;
  return { startFile };
}

function withParents(experiment: Experiment, profile: Profile, only?: readonly string[]): readonly Variant[] {
  const variants = variantsAt(experiment, profile);
  if (!only) return variants;
  const wanted = new Set<string>();
  const want = (name: string): void => {
    const variant = variants.find(candidate => candidate.name === name);
    if (!variant) throw unknownVariant(experiment, variants, name);
    wanted.add(name);
    if (profile.startFromTrained && variant.startsFrom) want(variant.startsFrom.variant);
  };
  only.forEach(want);
  return variants.filter(variant => wanted.has(variant.name));
}

function unknownVariant(experiment: Experiment, here: readonly Variant[], name: string): UsageError {
  const names = here.map(variant => variant.name);
  return experiment.variants.some(variant => variant.name === name)
    ? new UsageError(
        `${name} of ${experiment.name} is not trained at this profile, which has ${names.join(', ')}; choose another --profile.`,
      )
    : unknownName(`variant of ${experiment.name}`, name, names);
}
