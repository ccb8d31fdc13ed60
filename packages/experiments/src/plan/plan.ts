import { checkAugmentations, checkNormalisation } from '@strata/core/data';
import { UsageError, unknownName } from '@strata/core/errors';
import { buildModel } from '@strata/core/models';
import type { Shape } from '@strata/core/network';
import { contentHash, multiplyAdds, parameterCount, trainingBytes } from '@strata/core/network';
import type { Experiment, Profile, ProfileName, Variant } from '../catalog/index.js';
import { NUMERICS, type Parent, type Run, runId } from '../store/index.js';
import {
  ensemblesAt,
  evaluationsAt,
  evaluationsOf,
  type PlannedEnsemble,
  type PlannedEvaluation,
  planEnsembles,
  planEvaluations,
} from './evaluations.js';

/** What a plan needs to know of the data: nothing is read for it. */
export interface PlannedData {
  readonly name: string;
  readonly checksum: string;
  /** Null for photographs, each of its own size. */
  readonly shape: Shape | null;
  readonly classes: number;
  /** Images there are. */
  readonly train: number;
  readonly test: number;
  /** Said where the set stands in for another. */
  readonly note: string | null;
}

/** The data that a profile names, as large as it says, for planning where the set itself cannot be opened. */
export function declaredData({ dataset, subset, options }: Profile): PlannedData {
  return {
    name: dataset,
    checksum: 'not read',
    shape: options.input,
    classes: options.classes ?? 10,
    train: subset.train ?? 0,
    test: subset.test ?? 0,
    note: null,
  };
}

export interface PlanRequest {
  readonly experiment: Experiment;
  readonly profileName: ProfileName;
  /** The experiment's profile, with the user's changes. */
  readonly profile: Profile;
  readonly data: PlannedData;
  readonly engine: string;
  readonly seeds: readonly number[];
  /** Names of variants; all when left out. Variants that these start from come along. */
  readonly only?: readonly string[];
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
  /** How the trained network is tested. */
  readonly evaluations: readonly PlannedEvaluation[];
}

export interface Plan extends PlanRequest {
  /** Parents before the runs that start from them. */
  readonly runs: readonly PlannedRun[];
  readonly ensembles: readonly PlannedEnsemble[];
}

/** All runs of an experiment at a profile, with their ids: a pure function of its arguments. */
export function planExperiment(request: PlanRequest): Plan {
  const { experiment, profile, seeds, data } = request;
  checkProfile(profile);
  checkSize(experiment, profile, data);
  const wanted = withParents(experiment, profile, request.only);
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
  const { experiment, profile, data, engine } = request;
  const { validation = 0, train = data.train - validation } = profile.subset;
  const model = {
    name: variant.model,
    options: { ...profile.options, classes: data.classes, ...variant.options },
  };
  const network = buildModel(model);
  const run: Run = {
    model,
    network: contentHash(network),
    dataset: { name: data.name, checksum: data.checksum, subset: profile.subset },
    recipe: profile.recipe,
    seed,
    engine,
    parents: parentsOf(profile, variant, ids),
    numerics: NUMERICS,
  };
  const { batchSize, epochs } = profile.recipe;
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
    evaluations: planEvaluations(evaluationsOf(evaluationsAt(experiment, profile), variant.name), [id]),
  };
}

function parentsOf(profile: Profile, variant: Variant, ids: ReadonlyMap<string, string>): readonly Parent[] {
  if (!profile.startFromTrained || !variant.startsFrom) return [];
  const run = ids.get(variant.startsFrom.variant);
  if (!run)
    throw new RangeError(
      `${variant.name} starts from ${variant.startsFrom.variant}, which must stand before it.`,
    );
  return [{ run, layers: variant.startsFrom.layers }];
}

function withParents(experiment: Experiment, profile: Profile, only?: readonly string[]): readonly Variant[] {
  if (!only) return experiment.variants;
  const names = experiment.variants.map(variant => variant.name);
  const wanted = new Set<string>();
  for (const name of only) {
    const variant = experiment.variants.find(candidate => candidate.name === name);
    if (!variant) throw unknownName(`variant of ${experiment.name}`, name, names);
    wanted.add(name);
    if (profile.startFromTrained && variant.startsFrom) wanted.add(variant.startsFrom.variant);
  }
  return experiment.variants.filter(variant => wanted.has(variant.name));
}

/** @throws UsageError for a value with which nothing could be trained, naming it. */
function checkProfile({ recipe, subset }: Profile): void {
  const { schedule, optimizer } = recipe;
  const counts = {
    'recipe.epochs': recipe.epochs,
    'recipe.batchSize': recipe.batchSize,
    'subset.train': subset.train ?? 1,
    'subset.test': subset.test ?? 1,
    'subset.validation': subset.validation ?? 1,
  };
  for (const [key, value] of Object.entries(counts)) {
    if (!Number.isInteger(value) || value < 1) {
      throw new UsageError(`${key} is ${value}; expected a whole number above 0.`);
    }
  }
  const rates = {
    'recipe.schedule.initial': schedule.initial,
    'recipe.schedule.factor': schedule.factor,
    'recipe.schedule.warmUpSteps': schedule.warmUpSteps,
    'recipe.optimizer.momentum': optimizer.momentum,
    'recipe.optimizer.weightDecay': optimizer.weightDecay,
  };
  for (const [key, value] of Object.entries(rates)) {
    if (!Number.isFinite(value) || value < 0)
      throw new UsageError(`${key} is ${value}; expected a number of at least 0.`);
  }
}

function checkSize(experiment: Experiment, profile: Profile, data: PlannedData): void {
  checkInput(experiment, profile, data);
  for (const half of ['train', 'test'] as const) {
    const asked = profile.subset[half];
    const held = half === 'train' ? (profile.subset.validation ?? 0) : 0;
    if ((asked ?? 1) + held > data[half]) {
      const beside = held > 0 ? ` beside ${held} for validation` : '';
      throw new UsageError(
        `${experiment.name} wants ${asked ?? 'some'} ${half} images${beside}, and ${data.name} has ${data[half]} here; use --set subset.${half}=${Math.max(1, data[half] - held)}, or get the whole set.`,
      );
    }
  }
}

/** @throws UsageError where the recipe cannot make the network's inputs of these images. */
function checkInput(
  experiment: Experiment,
  { options, recipe }: Profile,
  { name, shape }: PlannedData,
): void {
  const { input } = options;
  const { augmentation, normalisation } = recipe;
  const isCropped = augmentation.some(({ kind }) => kind === 'rescale-crop');
  if (shape && !isCropped && input.join() !== shape.join()) {
    throw new UsageError(
      `${experiment.name} wants ${input.join('x')} images, and ${name} has ${shape.join('x')}; set options.input, or use another --dataset.`,
    );
  }
  if (!shape && !isCropped) {
    const [, height, width] = input;
    throw new UsageError(
      `${name} holds photographs of many sizes, and the recipe of ${experiment.name} does not crop them; put {"kind":"rescale-crop","smallest":${Math.max(height, width)},"largest":${2 * Math.max(height, width)}} first in recipe.augmentation, or use another --dataset.`,
    );
  }
  checkAugmentations(augmentation, shape ?? undefined, input);
  checkNormalisation(normalisation, augmentation, shape ?? undefined);
}
