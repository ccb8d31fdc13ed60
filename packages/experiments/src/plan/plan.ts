import { checkAugmentations, checkNormalisation } from '@strata/core/data';
import { UsageError, unknownName } from '@strata/core/errors';
import { buildModel } from '@strata/core/models';
import type { Shape } from '@strata/core/network';
import { contentHash, multiplyAdds, parameterCount, trainingBytes } from '@strata/core/network';
import type { Experiment, Profile, ProfileName, Variant } from '../catalog/index.js';
import { NUMERICS, type Parent, type Run, runId } from '../store/index.js';
import { checkRecipe } from './check-recipe.js';
import {
  ensemblesAt,
  evaluationsAt,
  evaluationsOf,
  type PlannedEnsemble,
  type PlannedEvaluation,
  planEnsembles,
  planEvaluations,
} from './evaluations.js';
import type { ResolvedStart } from './start.js';
import { settingsOf, type VariantSettings, variantsAt } from './variant-settings.js';

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

/** The data that a profile names, as large as it says, for planning where the sets themselves cannot be opened. */
export function declaredData(
  experiment: Experiment,
  profile: Profile,
): Required<Pick<PlanRequest, 'data' | 'otherData'>> {
  const declared = (
    name: string,
    { subset, model }: Pick<VariantSettings, 'subset' | 'model'>,
  ): PlannedData => ({
    name,
    checksum: 'not read',
    shape: model.options.input,
    classes: model.options.classes ?? 10,
    train: (subset.train ?? 0) + (subset.validation ?? 0),
    test: subset.test ?? 0,
    note: null,
  });
  const { dataset, subset, options } = profile;
  const others = variantsAt(experiment, profile)
    .map(variant => settingsOf(profile, variant))
    .filter(settings => settings.dataset !== dataset)
    // Of several variants on a set the largest needs it.
    .toSorted((a, b) => (a.subset.train ?? 0) - (b.subset.train ?? 0))
    .map(settings => [settings.dataset, declared(settings.dataset, settings)] as const);
  return {
    data: declared(dataset, { subset, model: { name: '', options } }),
    otherData: Object.fromEntries(others),
  };
}

/** The data of the set that a profile or variant names. */
export function dataNamed(
  { profile, data, otherData }: Pick<PlanRequest, 'profile' | 'data' | 'otherData'>,
  dataset: string,
): PlannedData {
  if (dataset === profile.dataset) return data;
  const found = otherData?.[dataset];
  if (!found) throw new RangeError(`the plan was given no data for ${dataset}`);
  return found;
}

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
  const { experiment, profile, seeds } = request;
  const wanted = withParents(experiment, profile, request.only);
  for (const variant of wanted) checkVariant(request, variant);
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
  const { validation = 0, train = data.train - validation } = subset;
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
    evaluations: planEvaluations(evaluationsOf(experiment, profile, variant), [id]),
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

/** @throws UsageError for what cannot be trained, or not on these data. */
function checkVariant(request: PlanRequest, variant: Variant): void {
  const { experiment, profile } = request;
  const settings = settingsOf(profile, variant);
  checkRecipe(settings.recipe);
  checkNumbers(settings);
  checkValidation(settings);
  checkSize(experiment, settings, dataNamed(request, settings.dataset));
}

/** @throws UsageError for a value with which nothing could be trained, naming it. */
function checkNumbers({ recipe, subset }: VariantSettings): void {
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

/** @throws UsageError when a schedule goes by images that nobody holds back. */
function checkValidation({ recipe, subset }: VariantSettings): void {
  if (recipe.schedule.kind === 'plateau' && subset.validation === undefined) {
    throw new UsageError(
      'recipe.schedule drops by the validation error, and subset.validation is not set; hold some training images back, as --set subset.validation=500.',
    );
  }
}

function checkSize(experiment: Experiment, settings: VariantSettings, data: PlannedData): void {
  checkInput(experiment, settings, data);
  const { subset } = settings;
  for (const half of ['train', 'test'] as const) {
    const asked = subset[half];
    const held = half === 'train' ? (subset.validation ?? 0) : 0;
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
  { model, recipe }: VariantSettings,
  { name, shape }: PlannedData,
): void {
  const { input } = model.options;
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
