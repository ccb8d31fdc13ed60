import { type LayerResponse, type Recipe, type TrainingEvent, WHOLE_IMAGE } from '@strata/core/training';
import type { Claim, Experiment, Profile, ProfileName } from '@strata/experiments/catalog';
import type {
  CollectedEvaluation,
  CollectedRun,
  Exhibits,
  ExperimentResults,
  VariantResults,
} from '@strata/experiments/collect';
import type { Environment, Run, RunState } from '@strata/experiments/store';

/** Made-up results of a small experiment on the VGG paper: no training behind them. */

const paperRecipe: Recipe = {
  epochs: 74,
  batchSize: 256,
  optimizer: {
    kind: 'sgd',
    form: 'scaled-velocity',
    momentum: 0.9,
    nesterov: false,
    weightDecay: 5e-4,
    decayOn: 'all',
  },
  schedule: { kind: 'steps', initial: 0.01, dropAt: [0.5, 0.7, 0.9], factor: 0.1, warmUpSteps: 0 },
  initialisation: { kind: 'gaussian', deviation: 0.1, width: 1, bias: 0 },
  normalisation: { kind: 'mean' },
  augmentation: [{ kind: 'flip' }],
};

const paperProfile: Profile = {
  purpose: 'The published recipe.',
  dataset: 'imagenet',
  subset: {},
  options: { input: [3, 224, 224], width: 1, dropout: 0.5 },
  recipe: paperRecipe,
  seeds: 1,
  startFromTrained: true,
};

function smallProfile(purpose: string, epochs: number, seeds: number): Profile {
  return {
    purpose,
    dataset: 'cifar10',
    subset: { train: 2000, test: 1000 },
    options: { input: [3, 32, 32], width: 0.25, hidden: 128, dropout: 0.2 },
    recipe: {
      ...paperRecipe,
      epochs,
      batchSize: 128,
      schedule: { kind: 'steps', initial: 0.02, dropAt: [0.6, 0.85], factor: 0.1, warmUpSteps: 50 },
      initialisation: { kind: 'msra', bias: 0 },
      normalisation: { kind: 'mean-deviation' },
      augmentation: [{ kind: 'pad-crop', pad: 4, mode: 'zero' }, { kind: 'flip' }],
    },
    seeds,
    startFromTrained: false,
  };
}

export const experiment: Experiment = {
  name: 'small-depth',
  title: 'Depth, and local response normalisation',
  paper: 'vgg',
  table: 'vgg-table-3',
  shows: 'The error falls from 11 to 16 layers and stalls at 19; response normalisation gains nothing.',
  claims: [
    { id: 'vgg-lrn-no-gain', kind: 'no-gain', a: 'A-LRN', b: 'A', margin: 1, proxy: 'narrow nets' },
    { id: 'vgg-depth-A-B', kind: 'lower', a: 'B', b: 'A' },
    { id: 'vgg-depth-order', kind: 'order', falling: ['A', 'B', 'C', 'D'] },
    { id: 'vgg-saturation', kind: 'no-difference', a: 'E', b: 'D', margin: 1 },
  ],
  variants: ['A', 'A-LRN', 'B', 'C', 'D', 'E'].map(name => ({
    name,
    model: `vgg-${name.toLowerCase()}`,
    paperRow: { config: name, train_S: '256' },
  })),
  profiles: {
    smoke: smallProfile('Smoke proves plumbing, not learning.', 2, 1),
    quick: smallProfile('A first look at nets that have begun to learn.', 10, 3),
    reduced: smallProfile('Quarter-width nets over paired seeds.', 30, 10),
    paper: paperProfile,
  },
};

const published: Readonly<
  Record<string, readonly [top1: number, top5: number, parameters: number, multiplyAdds: number]>
> = {
  A: [29.6, 10.4, 132_863_336, 7_609_090_048],
  'A-LRN': [29.7, 10.5, 132_863_336, 7_609_090_048],
  B: [28.7, 9.9, 133_047_848, 11_308_466_176],
  C: [28.1, 9.4, 133_638_952, 11_770_888_192],
  D: [27.0, 8.8, 138_357_544, 15_470_264_320],
  E: [27.3, 9.0, 143_667_240, 19_632_062_464],
};

const environment: Environment = {
  strata: '1.0.0',
  node: '20.20.2',
  engine: 'wasm',
  engineVersion: '4.22.0',
  cpu: 'Example CPU at 2.5 GHz',
  threads: 2,
  platform: 'linux x64',
  host: 'example',
};

/** A measurement of training steps; seconds by variant and turn. */
export function timingOf(
  seconds: Readonly<Record<string, readonly number[]>>,
  hostile = '',
): ExperimentResults['timings'][number] {
  return {
    experiment: experiment.name,
    profile: 'quick',
    measured: '2026-03-09T10:00:00.000Z',
    environment: { ...environment, cpu: `${environment.cpu}${hostile}` },
    load: 0.1,
    steps: Object.entries(seconds).map(([variant, turns]) => ({
      variant,
      step: variant,
      batchSize: 128,
      seconds: turns,
    })),
  };
}

export interface SyntheticOptions {
  readonly profileName?: ProfileName;
  readonly seeds?: number;
  /** State of a run other than done. */
  readonly stateOf?: (variant: string, seed: number) => RunState;
  readonly without?: readonly string[];
  readonly dataset?: ExperimentResults['dataset'];
  /** What a variant has of its own. */
  readonly own?: Readonly<Record<string, { readonly dataset?: string; readonly recipe?: Partial<Recipe> }>>;
  /** Put into every free text, to see that it stays text. */
  readonly hostile?: string;
}

/** A number in [0, 1) that depends on nothing but its arguments. */
function noise(...key: readonly number[]): number {
  const mixed = key.reduce((sum, part, i) => sum + (part + 1) * (12.9898 + 65.233 * i), 0);
  return Math.abs(Math.sin(mixed) * 43758.5453) % 1;
}

const hexadecimal = (digits: number, ...key: readonly number[]): string =>
  Array.from({ length: digits }, (_, i) => Math.floor(16 * noise(i, ...key)).toString(16)).join('');

/** The claims of this file name their variants directly. */
function withTermsRenamed(claim: Claim, hostile: string): Claim {
  const named = Object.entries(claim).map(([key, value]) =>
    key === 'a' || key === 'b'
      ? [key, `${value}${hostile}`]
      : key === 'falling'
        ? [key, (value as readonly string[]).map(name => `${name}${hostile}`)]
        : [key, value],
  );
  return Object.fromEntries(named) as Claim;
}

export function syntheticResults(options: SyntheticOptions = {}): ExperimentResults {
  const { profileName = 'quick', seeds = 3, without = [], hostile = '' } = options;
  const renamed: Experiment = {
    ...experiment,
    name: `${experiment.name}${hostile}`,
    title: `${experiment.title}${hostile}`,
    claims: experiment.claims.map(claim => withTermsRenamed(claim, hostile)),
    variants: experiment.variants.map(variant => ({ ...variant, name: `${variant.name}${hostile}` })),
  };
  const profile = {
    ...experiment.profiles[profileName],
    purpose: `${experiment.profiles[profileName].purpose}${hostile}`,
  };
  const dataset = options.dataset ?? {
    name: `shapes${hostile}`,
    checksum: hexadecimal(64, 1),
    note: `cifar10 was not found, so the runs used generated shapes in its place.${hostile}`,
  };
  const variants = experiment.variants.flatMap((variant, i): VariantResults[] => {
    if (without.includes(variant.name)) return [];
    const [top1Error = null, top5Error = null, parameters = 0, multiplyAdds = 0] =
      published[variant.name] ?? [];
    const { dataset: ownData, recipe: ownRecipe } = options.own?.[variant.name] ?? {};
    const own = {
      profile: { ...profile, recipe: { ...profile.recipe, ...ownRecipe } },
      dataset: ownData === undefined ? dataset : { name: ownData, checksum: hexadecimal(64, 2), note: null },
    };
    const runs = Array.from({ length: seeds }, (_, seed) =>
      syntheticRun(
        { ...own, variant: i, model: variant.model, seed, hostile },
        options.stateOf?.(variant.name, seed) ?? 'done',
      ),
    );
    return [
      {
        name: `${variant.name}${hostile}`,
        model: variant.model,
        dataset,
        parameters: 585_000 + 92_345 * i,
        multiplyAdds: 9_700_000 + 3_210_000 * i,
        paper: { top1Error, top5Error, parameters, multiplyAdds, trainingBytes: 1e9 * (i + 1) },
        runs,
      },
    ];
  });
  return {
    experiment: renamed,
    profileName,
    profile,
    dataset,
    engine: `wasm${hostile}`,
    variants,
    ensembles: [
      {
        name: `A and B${hostile}`,
        variants: ['A', 'B'],
        groups: [
          {
            seeds: [0],
            runs: [],
            evaluations: evaluationsFor({ hostile, variant: 6, seed: 0 }, seeds > 0 ? 40 : null),
          },
        ],
      },
    ],
    timings: [
      timingOf(
        Object.fromEntries(
          variants.map(({ name }, i) => [
            name,
            Array.from({ length: 9 }, (_, turn) => 0.011 * (1 + 0.3 * i + 0.1 * noise(i, turn))),
          ]),
        ),
        hostile,
      ),
    ],
    command: `npx nx run experiments:${experiment.name} --profile=${profileName}${hostile}`,
    store: `results${hostile}`,
  };
}

interface RunRequest {
  readonly profile: Profile;
  readonly dataset: ExperimentResults['dataset'];
  readonly variant: number;
  readonly model: string;
  readonly seed: number;
  readonly hostile: string;
}

function syntheticRun(request: RunRequest, state: RunState): CollectedRun {
  const { profile, dataset, variant, model, seed, hostile } = request;
  const isOver = state === 'done' || state === 'diverged';
  const top1Error =
    state === 'diverged' ? 90 : testError(variant, seed, profile.recipe.epochs, profile.recipe.epochs);
  const run: Run = {
    model: { name: model, options: profile.options },
    network: hexadecimal(64, variant, 7),
    dataset: { name: dataset.name, checksum: dataset.checksum, subset: profile.subset },
    recipe: profile.recipe,
    seed,
    engine: `wasm${hostile}`,
    parents: [],
    numerics: 1,
  };
  return {
    id: hexadecimal(16, variant, seed),
    seed,
    state,
    reason: state === 'failed' ? `the engine ran out of memory${hostile}` : null,
    run,
    test: isOver ? { top1Error, top5Error: top1Error / 6, loss: top1Error / 30, count: 1000 } : null,
    train: isOver
      ? { top1Error: top1Error * 0.8, top5Error: top1Error / 8, loss: top1Error / 40, count: 2000 }
      : null,
    evaluations: evaluationsFor(request, isOver ? top1Error : null),
    trainLoss: state === 'done' ? top1Error / 32 : null,
    seconds: isOver ? 30 + 9 * variant + seed : null,
    resumedFromStep: isOver ? 0 : null,
    imagesPerSecond: isOver ? 1600 - 180 * variant : null,
    weightsSha256: isOver ? hexadecimal(64, variant, seed, 3) : null,
    environment: isOver ? { ...environment, cpu: `${environment.cpu}${hostile}` } : null,
    responses: isOver ? responsesOf(variant, seed, hostile) : null,
    events: state === 'planned' ? [] : eventsOf(request, state),
  };
}

/** Of nets that have a layer more with each variant. */
function responsesOf(variant: number, seed: number, hostile: string): readonly LayerResponse[] {
  return Array.from({ length: 4 + variant }, (_, i) => ({
    layer: `conv${i + 1}${hostile}`,
    deviation: (1 + 0.1 * seed) / (1 + i + variant),
    gradientNorm: 10 ** (-i / 4 - seed / 100),
  }));
}

/** Tested in two ways, the second a little better; without per-image predictions. */
function evaluationsFor(
  { hostile, variant, seed }: Pick<RunRequest, 'hostile' | 'variant' | 'seed'>,
  top1Error: number | null,
): readonly CollectedEvaluation[] {
  const ways = [
    { name: `whole${hostile}`, protocol: WHOLE_IMAGE, gain: 0 },
    { name: `ten-crop${hostile}`, protocol: { kind: 'ten-crop' }, gain: 1.5 },
  ] as const;
  return ways.map(({ name, protocol, gain }, i) => ({
    id: hexadecimal(20, variant, seed, i),
    name,
    protocol,
    split: 'test',
    paper: { top1Error: 28.5 - gain, top5Error: null },
    predictions:
      top1Error === null
        ? null
        : {
            top1Error: top1Error - gain,
            top5Error: (top1Error - gain) / 6,
            loss: 1.5,
            count: 1000,
            predicted: [],
            rank: [],
          },
  }));
}

/** Falls with the epochs, faster after the first drop of the rate. */
function testError(variant: number, seed: number, epoch: number, epochs: number): number {
  const progress = epoch / epochs;
  const level = 58 - 3 * variant + (variant === 5 ? 4 : 0);
  const drop = progress > 0.6 ? 5 : 0;
  return (
    level +
    30 * Math.exp(-4 * progress) -
    drop +
    3.5 * (noise(variant, seed, 5) - 0.5) +
    (noise(variant, seed, epoch) - 0.5)
  );
}

function eventsOf({ profile, variant, seed }: RunRequest, state: RunState): readonly TrainingEvent[] {
  const { epochs } = profile.recipe;
  const reached = state === 'done' ? epochs : Math.ceil(epochs / 3);
  const day = `2026-03-0${1 + (seed % 9)}`;
  const start: TrainingEvent = {
    type: 'start',
    steps: 16 * epochs,
    epochs,
    resumedFromStep: 0,
    time: `${day}T10:00:00.000Z`,
  };
  const trained = Array.from({ length: reached }, (_, i): TrainingEvent => {
    const top1Error = testError(variant, seed, i + 1, epochs);
    return {
      type: 'epoch',
      epoch: i + 1,
      step: 16 * (i + 1),
      learningRate: 0.02,
      trainLoss: top1Error / 32 + (state === 'diverged' ? i : 0),
      trainTop1Error: top1Error * 0.95,
      test: { top1Error, top5Error: top1Error / 6, loss: top1Error / 30, count: 1000 },
      seconds: 3,
    };
  });
  const end: TrainingEvent[] =
    state === 'done' || state === 'diverged'
      ? [{ type: 'end', state, step: 16 * reached, time: `${day}T10:0${variant}:30.000Z` }]
      : [];
  return [start, ...trained, ...end];
}

/** One of everything: a failed and a diverged run, one that is running, one that waits, and a variant left out. */
export function mixedResults(): ExperimentResults {
  return syntheticResults({
    without: ['E'],
    stateOf: (variant, seed) => {
      if (variant === 'A-LRN' && seed === 2) return 'failed';
      if (variant === 'C' && seed === 1) return 'diverged';
      if (variant === 'D') return seed === 0 ? 'running' : 'planned';
      return 'done';
    },
  });
}

/** Made-up weights and predictions beside the results of `syntheticResults`. */
export function exhibitsOf({ variants, dataset }: ExperimentResults): Exhibits {
  const classes = Array.from({ length: 6 }, (_, i) => `class ${i} of ${dataset.name}`);
  const labels = Array.from({ length: 60 }, (_, i) => i % classes.length);
  const done = variants.flatMap(({ name, runs }, place) =>
    runs.filter(({ state }) => state === 'done').map(({ seed }) => ({ variant: name, place, seed })),
  );
  return {
    filters: done
      .filter(({ seed }) => seed === 0)
      .map(({ variant, place, seed }) => ({
        variant,
        seed,
        layer: 'conv1_1',
        weights: {
          shape: [10, 3, 3, 3],
          data: Float32Array.from({ length: 270 }, (_, i) => noise(i, place) - 0.5),
        },
      })),
    predictions: {
      classes,
      labels,
      networks: done.map(({ variant, place, seed }) => ({
        variant,
        seed,
        predicted: labels.map((label, i) =>
          noise(i, place, seed) < 0.5 ? label : (label * 2) % classes.length,
        ),
        samples: labels.slice(0, 12).map(label => [
          { class: label, probability: 0.6 },
          { class: (label + 1) % classes.length, probability: 0.3 },
        ]),
      })),
      // As large and as hard to compress as pictures get.
      pictures: Array.from({ length: 12 }, (_, i) => ({
        shape: [3, 72, 72],
        pixels: Uint8Array.from({ length: 3 * 72 * 72 }, (_, k) => Math.floor(256 * noise(i, k))),
      })),
    },
    missing: [],
  };
}
