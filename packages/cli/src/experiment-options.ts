import {
  AUTO,
  type DataSet,
  describeDataSets,
  type OpenedDataSet,
  openDataSet,
  shapes,
} from '@strata/core/data';
import { engineNames, loadEngine } from '@strata/core/engine';
import { UsageError } from '@strata/core/errors';
import { loadExperiment } from '@strata/experiments/ablation';
import { type Experiment, experimentNamed, type Profile, profileNamed } from '@strata/experiments/catalog';
import {
  dataSetsOf,
  declaredData,
  imagesNeeded,
  isExperimentFile,
  overrideProfile,
  type Plan,
  type PlanRequest,
  planExperiment,
  plannedData,
  resolveStart,
  runCommand,
  settingsOf,
  variantsAt,
} from '@strata/experiments/plan';
import { reportsFolder } from '@strata/experiments/store';
import type { OptionValues } from './options.js';
import { fromUser, storeFolder } from './paths.js';

/** The options that decide which runs are meant; every verb about runs takes them. */
export const planOptions = [
  'profile',
  'seeds',
  'only',
  'set',
  'dataset',
  'data-dir',
  'engine',
  'store',
] as const;
export type PlanOptions = OptionValues<(typeof planOptions)[number]> & Partial<OptionValues<'executor'>>;

export interface ResolvedPlan {
  readonly plan: Plan;
  /** The profile's. */
  readonly data: DataSet;
  /** Those that variants have of their own. */
  readonly otherData: readonly DataSet[];
  /** Absolute path. */
  readonly store: string;
  /** The command that a reader can repeat. */
  readonly command: string;
}

/**
 * An experiment of the catalog, or of a user's file.
 * @throws UsageError for an unknown name, and for a file that holds no experiment.
 */
export async function experimentAsked(name: string): Promise<Experiment> {
  if (!isExperimentFile(name)) return experimentNamed(name);
  return loadExperiment(fromUser(name));
}

/** The experiment's profile with the user's settings. */
function profileAsked(experiment: Experiment, { profile, set = [] }: PlanOptions): Profile {
  const variants = experiment.variants.map(({ name }) => name);
  return overrideProfile(experiment.profiles[profileNamed(profile)], set, variants);
}

/** Finds the data, names the engine, and plans: all that `plan`, `run`, `evaluate` and `report` begin with. */
export async function resolvePlan(name: string, values: PlanOptions): Promise<ResolvedPlan> {
  const experiment = await experimentAsked(name);
  const profile = profileAsked(experiment, values);
  const own = await openFor(values.dataset, profile.dataset, experiment, profile, values);
  const others: (readonly [string, OpenedDataSet])[] = [];
  for (const dataset of dataSetsOf(experiment, profile).slice(1)) {
    others.push([dataset, await openFor(AUTO, dataset, experiment, profile, values)]);
  }
  const otherData = Object.fromEntries(others.map(([dataset, opened]) => [dataset, plannedData(opened)]));
  const plan = await planWith(experiment, values, {
    data: plannedData(own),
    ...(others.length > 0 && { otherData }),
  });
  return {
    plan,
    data: own.dataSet,
    otherData: others.map(([, { dataSet }]) => dataSet),
    store: storeFolder(values.store),
    command: commandOf(name, { ...values, dataset: own.dataSet.name, engine: plan.engine }),
  };
}

/** Opens a set for those variants that are trained on it. */
function openFor(
  asked: string,
  preferred: string,
  experiment: Experiment,
  profile: Profile,
  values: PlanOptions,
): Promise<OpenedDataSet> {
  const [settings] = variantsAt(experiment, profile)
    .map(variant => settingsOf(profile, variant))
    .filter(({ dataset }) => dataset === preferred);
  const { recipe, model } = settings ?? { recipe: profile.recipe, model: profile };
  return openDataSet(asked, {
    preferred,
    ...imagesNeeded(model, recipe),
    ...placesOf(values),
  });
}

/** What a profile would run on a data set that is not here and larger than what stands in for it: its size and cost alone. */
export async function planByPublishedSize(name: string, values: PlanOptions): Promise<Plan | undefined> {
  const experiment = await experimentAsked(name);
  const profile = experiment.profiles[profileNamed(values.profile)];
  const { data, otherData } = declaredData(experiment, profile);
  const places = describeDataSets(placesOf(values));
  const { train, test } = shapes();
  const missing = [data, ...Object.values(otherData)].filter(
    set =>
      !places.some(({ name, found }) => name === set.name && found) &&
      (set.train > train.count || set.test > test.count),
  );
  if (values.dataset !== AUTO || missing.length === 0) return undefined;
  const note = `There is no ${missing.map(set => set.name).join(', no ')} here: planned by published size, not to be run.`;
  return planWith(experiment, values, { data: { ...data, note }, otherData });
}

function placesOf(values: PlanOptions): { dataDir?: string } {
  const dataDir = values['data-dir'];
  return dataDir === undefined ? {} : { dataDir: fromUser(dataDir) };
}

async function planWith(
  experiment: Experiment,
  values: PlanOptions,
  data: Pick<PlanRequest, 'data' | 'otherData'>,
): Promise<Plan> {
  const profileName = profileNamed(values.profile);
  const profile = profileAsked(experiment, values);
  const only = values.only?.flatMap(splitNames);
  const start = await resolveStart(profile, fromUser);
  return planExperiment({
    experiment,
    profileName,
    profile,
    ...data,
    engine: await engineName(values),
    seeds: values.seeds === undefined ? range(profile.seeds) : parseSeeds(values.seeds),
    ...(only && { only }),
    ...(start && { start }),
  });
}

/** The nodes of a cluster may have what its login node lacks: there a name is taken at its word. */
async function engineName({ engine, executor }: PlanOptions): Promise<string> {
  const isElsewhere = executor === 'slurm' && engineNames.includes(engine);
  return isElsewhere ? engine : (await loadEngine(engine)).name;
}

export function outputFolder(store: string, out: string | undefined): string {
  return out === undefined ? reportsFolder(store) : fromUser(out);
}

/** At commas, but for those of a name itself, as in `B(3,3),B(1,3)`. */
export function splitNames(names: string): readonly string[] {
  return names.split(/,(?![^(]*\))/);
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i);
}

/** `3` is the seeds 0, 1 and 2; `0,3,7` (or `7,`) are those. */
export function parseSeeds(text: string): readonly number[] {
  const parts = text.split(',').filter(part => part !== '');
  const numbers = parts.map(Number);
  const isRight = numbers.length > 0 && numbers.every(n => Number.isSafeInteger(n) && n >= 0);
  if (!isRight || new Set(numbers).size !== numbers.length || (!text.includes(',') && numbers[0] === 0)) {
    throw new UsageError(`--seeds ${text}: expected a count above 0 (3), or different seeds (0,3,7).`);
  }
  return text.includes(',') ? numbers : range(numbers[0] ?? 0);
}

/**
 * The options that were set, as they would be typed, and what "auto" came to: elsewhere it may come to another set or
 * engine, and so to other numbers. Folders are the reader's own.
 */
function commandOf(name: string, values: PlanOptions): string {
  const settings = [
    `--profile=${values.profile}`,
    ...(values.seeds === undefined ? [] : [`--seeds=${values.seeds}`]),
    ...(values.only ?? []).map(only => `--only=${only}`),
    ...(values.set ?? []).map(set => `--set=${set}`),
    `--dataset=${values.dataset}`,
    ...(values['data-dir'] === undefined ? [] : [`--data-dir=${values['data-dir']}`]),
    `--engine=${values.engine}`,
  ];
  return runCommand(name, settings);
}
