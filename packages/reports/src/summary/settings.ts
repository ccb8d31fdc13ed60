import type { Augmentation, Normalisation } from '@strata/core/data';
import type { DecayOn, Optimizer } from '@strata/core/engine';
import type { ModelOptions } from '@strata/core/models';
import {
  type ConstantWarmUp,
  describeProtocol,
  type Freeze,
  type Initialisation,
  type Recipe,
  type Schedule,
} from '@strata/core/training';
import type { Changes, Experiment, Profile, Start } from '@strata/experiments/catalog';
import type { ExperimentResults } from '@strata/experiments/collect';
import { ensemblesAt, evaluationsAt } from '@strata/experiments/plan';
import { counted, whole } from '../format/index.js';

/** One setting here and in the experiment's `paper` profile, in words. */
export interface Setting {
  readonly name: string;
  readonly here: string;
  readonly paper: string;
}

/** Every setting of the profile beside that of the `paper` profile; those whose words differ are what differs. */
export function settingsOf(results: ExperimentResults): readonly Setting[] {
  const { profile, experiment, dataset, engine } = results;
  const paper = withTests(experiment, experiment.profiles.paper);
  const used: Profile = {
    ...profile,
    dataset: dataset.name,
    options: { ...profile.options, ...classesOf(results) },
    seeds: plannedSeeds(results).length,
  };
  const here = withTests(experiment, used);
  const compared = Object.values(profileSettings).flatMap(describe => pair(describe(here), describe(paper)));
  const left = new Set(profile.without?.map(variantSetting));
  return [
    ...compared.filter(({ name }) => !left.has(name)),
    { name: 'engine', here: engine, paper: "the authors' own software" },
  ];
}

/** The data decides how many classes there are, and a run knows. */
function classesOf({ variants }: ExperimentResults): Pick<ModelOptions, 'classes'> {
  const classes = variants.flatMap(({ runs }) => runs)[0]?.run.model.options?.classes;
  return classes === undefined ? {} : { classes };
}

/** The profile with how its networks are tested, where that stands in the experiment. */
function withTests(experiment: Experiment, profile: Profile): Profile {
  return {
    ...profile,
    evaluations: evaluationsAt(experiment, profile),
    ensembles: ensemblesAt(experiment, profile),
  };
}

/** Distinct seeds over all variants, rising. */
export function plannedSeeds({ variants }: ExperimentResults): readonly number[] {
  return [...new Set(variants.flatMap(({ runs }) => runs.map(run => run.seed)))].sort((a, b) => a - b);
}

/** Name and words of each setting that a field holds. */
export type Described = Readonly<Record<string, string>>;

function pair(here: Described, paper: Described): readonly Setting[] {
  const names = [...new Set([...Object.keys(paper), ...Object.keys(here)])];
  return names.map(name => {
    const absent = name.startsWith(variantSetting('')) ? 'nothing of its own' : "the model's default";
    return { name, here: here[name] ?? absent, paper: paper[name] ?? absent };
  });
}

const variantSetting = (variant: string): string => `variant ${variant}`;

/** Typed so that a field added to a profile or recipe cannot be forgotten here. */
const profileSettings: {
  readonly [K in Exclude<keyof Profile, 'purpose'>]: (profile: Profile) => Described;
} = {
  dataset: ({ dataset }) => ({ 'data set': dataset }),
  subset: ({ subset }) => ({
    'training images': images(subset.train),
    'test images': images(subset.test),
    'validation images': whole(subset.validation ?? 0),
  }),
  options: ({ options }) => modelOptions(options),
  recipe: ({ recipe }) => describeRecipe(recipe),
  seeds: ({ seeds }) => ({ 'runs a variant': String(seeds) }),
  startFromTrained: ({ startFromTrained }) => ({
    'deep nets start from': startFromTrained ? 'a trained shallower one' : 'random weights',
  }),
  variants: ({ variants = {} }) =>
    Object.fromEntries(
      Object.entries(variants).map(([name, changes]) => [variantSetting(name), describeChanges(changes)]),
    ),
  without: ({ without = [] }) => ({ 'variants left out': without.join(', ') || 'none' }),
  start: ({ start }) => describeStart(start),
  evaluations: ({ evaluations = [] }) => ({
    'tested by': evaluations.map(({ name, protocol }) => `${name}: ${describeProtocol(protocol)}`).join('; '),
  }),
  ensembles: ({ ensembles = [] }) => ({
    'tested together':
      ensembles.map(({ name, seeds }) => `${name}, ${counted(seeds, 'seed')} of each`).join('; ') || 'none',
  }),
};

/** As written: `model wrn-16-2, recipe.epochs 30`; the augmentation, which is a list of steps, in words. */
function describeChanges({ recipe: { augmentation, ...recipe } = {}, ...others }: Changes): string {
  const fields = (value: unknown, path: string): readonly string[] =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value).flatMap(([key, inner]) => fields(inner, path === '' ? key : `${path}.${key}`))
      : [`${path} ${typeof value === 'string' ? value : JSON.stringify(value)}`];
  return [
    ...fields({ ...others, recipe }, ''),
    ...(augmentation ? Object.values(recipeSettings.augmentation({ augmentation })) : []),
  ].join(', ');
}

function describeStart(start: Start | undefined): Described {
  if (!start) return {};
  const { file, run, layers } = start;
  const source = file === undefined ? `run ${run}` : `the file ${file.split(/[\\/]/).at(-1)}`;
  return { 'layers taken over': `${layers?.join(', ') ?? 'all'} of ${source}` };
}

export const images = (count: number | undefined): string => (count === undefined ? 'all' : whole(count));

const optionNames: { readonly [K in Exclude<keyof ModelOptions, 'input'>]: string } = {
  classes: 'classes',
  width: 'width',
  hidden: 'hidden units',
  dropout: 'dropout rate',
  lrnAlpha: 'alpha of response normalisation',
  activation: 'activation',
  lrn: 'response normalisation',
  pooling: 'pooling',
  stride: 'stride of the first layer',
  without: 'layer left out',
  head: 'head',
  headDropout: 'dropout rate of the head',
  heads: 'auxiliary heads',
  reductions: '1x1 reductions',
  shortcut: 'shortcuts',
  strideOn: 'stride in a bottleneck',
  block: 'block',
  convsPerBlock: 'convolutions of a block',
};

export function modelOptions({ input, ...options }: ModelOptions): Described {
  const name = (key: string): string =>
    Object.entries(optionNames).find(([known]) => known === key)?.[1] ?? key;
  const others = Object.entries(options).map(([key, value]) => [name(key), String(value)] as const);
  return { ...(input && { input: input.join(' × ') }), ...Object.fromEntries(others) };
}

type RecipeSettings = { readonly [K in keyof Recipe]-?: (recipe: Pick<Recipe, K>) => Described };

const recipeSettings: RecipeSettings = {
  epochs: ({ epochs }) => ({ epochs: whole(epochs) }),
  batchSize: ({ batchSize }) => ({ 'batch size': whole(batchSize) }),
  optimizer: ({ optimizer }) => describeOptimizer(optimizer),
  schedule: ({ schedule }) => describeSchedule(schedule),
  initialisation: ({ initialisation }) => ({ 'initial weights': describeInitialisation(initialisation) }),
  freeze: ({ freeze }) => describeFreeze(freeze),
  normalisation: ({ normalisation }) => ({ normalisation: describeNormalisation(normalisation) }),
  augmentation: ({ augmentation }) => ({
    augmentation: augmentation.map(describeAugmentation).join(', ') || 'none',
  }),
};

export function describeRecipe(recipe: Recipe): Described {
  return Object.assign({}, ...Object.values(recipeSettings).map(describe => describe(recipe)));
}

function describeOptimizer({ momentum, nesterov, weightDecay, decayOn, form }: Optimizer): Described {
  return {
    momentum: nesterov ? `${momentum}, Nesterov` : String(momentum),
    'weight decay': decayOn === 'all' ? String(weightDecay) : `${weightDecay}, ${describeDecayOn(decayOn)}`,
    'momentum accumulates': form === 'scaled-velocity' ? 'scaled steps' : 'gradients',
  };
}

function describeDecayOn(decayOn: Exclude<DecayOn, 'all'>): string {
  return decayOn === 'weights' ? 'not on biases' : `on each ${decayOn.join(' and ')}`;
}

function describeSchedule(schedule: Schedule): Described {
  const { initial, warmUpSteps, warmUp } = schedule;
  const warmUps = [
    ...(warmUp ? [describeWarmUp(warmUp)] : []),
    ...(warmUpSteps === 0 ? [] : [counted(warmUpSteps, 'step')]),
  ];
  return {
    'learning rate': String(initial),
    'rate drops': describeDrops(schedule),
    'warm-up': warmUps.join(', ') || 'none',
  };
}

function describeDrops(schedule: Schedule): string {
  const { factor } = schedule;
  if (schedule.kind === 'plateau') {
    const { patience, drops } = schedule;
    return `times ${factor} after ${counted(patience, 'epoch')} without a lower validation error, at most ${drops} times`;
  }
  const drops = schedule.dropAt.map(fraction => `${Number((100 * fraction).toFixed(1))} %`);
  return drops.length === 0 ? 'never' : `times ${factor} at ${drops.join(', ')} of the training`;
}

function describeWarmUp({ rate, steps, trainError }: ConstantWarmUp): string {
  const ends = [
    ...(steps === undefined ? [] : [`for ${counted(steps, 'step')}`]),
    ...(trainError === undefined ? [] : [`until the training error is below ${trainError} %`]),
  ];
  return `rate ${rate} ${ends.join(' or ')}`;
}

function describeFreeze(freeze: Freeze | undefined): Described {
  if (!freeze) return {};
  const { kind, layers } = freeze;
  return { frozen: kind === 'first' ? `the first ${counted(layers, 'layer')}` : layers.join(', ') };
}

function describeInitialisation(initialisation: Initialisation): string {
  const { biasOne } = initialisation;
  const one = biasOne ? `, biases of ${biasOne.join(', ')} 1` : '';
  const bias = `${initialisation.bias === 0 ? '' : `, biases ${initialisation.bias}`}${one}`;
  switch (initialisation.kind) {
    case 'gaussian': {
      const { deviation, width } = initialisation;
      return `normal, deviation ${deviation}${width === 1 ? '' : ` / √${width}`}${bias}`;
    }
    case 'glorot':
      return `Glorot${bias}`;
    case 'msra':
      return `He${bias}`;
  }
}

function describeNormalisation(normalisation: Normalisation): string {
  switch (normalisation.kind) {
    case 'mean':
      return 'minus the channel mean';
    case 'mean-image':
      return 'minus the mean image';
    case 'mean-deviation':
      return 'minus the channel mean, over the channel deviation';
    case 'gcn':
      return `each image's contrast normalised to length ${normalisation.scale}`;
    case 'zca':
      return `each image's contrast normalised to length ${normalisation.scale}, then ZCA whitening with bias ${normalisation.bias}`;
  }
}

function describeAugmentation(step: Augmentation): string {
  switch (step.kind) {
    case 'rescale-crop': {
      const { smallest, largest } = step;
      return `shorter side scaled to ${smallest === largest ? smallest : `${smallest}–${largest}`} and crop`;
    }
    case 'pad-crop':
      return `${step.mode === 'zero' ? 'zero-pad' : 'reflect'} ${step.pad} and crop`;
    case 'flip':
      return 'flip';
    case 'affine':
      return `affine distortion (shift ${step.translate}, scale ${step.scale}, squeeze ${step.squeeze}, shear ${step.shear})`;
    case 'pca-colour':
      return `PCA colour shift of ${step.deviation} eigenvalues`;
  }
}
