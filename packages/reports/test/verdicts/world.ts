import type { EpochEvent, LayerResponse } from '@strata/core/training';
import { WHOLE_IMAGE } from '@strata/core/training';
import {
  type Experiment,
  type Metric,
  metricUnit,
  type ProfileName,
  type TableEvaluation,
  type Term,
} from '@strata/experiments/catalog';
import type { CollectedEvaluation, CollectedRun, ExperimentResults } from '@strata/experiments/collect';

import { timingOf } from '../synthetic.js';

/** A level for each thing that can be measured: results in which every claim can be made true, false, or unclear. */
export interface World {
  /** Mean over seeds. */
  level(term: Term, metric?: Metric): number;
  setLevel(term: Term, metric: Metric | undefined, value: number): void;
  /** Every second seed lies so far above its mean, the others below: nothing can be told from it. */
  setSwing(term: Term, metric: Metric | undefined, amplitude: number): void;
  readonly paperCounts: Map<string, number>;
  /** Seconds of a training step. */
  readonly seconds: Map<string, { readonly mean: number; readonly swing: number }>;
  /** Runs that never reach the target count as stalled: by variant, at which seeds. */
  results(options?: WorldOptions): ExperimentResults;
}

export interface WorldOptions {
  readonly profileName?: ProfileName;
  readonly seeds?: number;
  /** The last seed failed in every variant, and the last turn of the timings was lost. */
  readonly isIncomplete?: boolean;
}

/** Well off every gate. */
const USUAL: Readonly<Record<string, number>> = {
  top1Error: 40,
  top5Error: 20,
  trainError: 12,
  gap: 28,
  testLoss: 1.2,
  trainLoss: 0.4,
  response: 0.5,
  fading: 0.2,
};

const IMAGES = 400;
const TURNS = 10;

const keyOf = (term: Term, metric: Metric): string => JSON.stringify([term, metric]);

/** In (-1, 1), different for every seed and key, the same every time. */
function noise(key: string, seed: number): number {
  let hash = seed + 1;
  for (const character of key) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return (hash % 2001) / 1001 - 1;
}

export function worldOf(experiment: Experiment): World {
  const levels = new Map<string, number>();
  const swings = new Map<string, number>();
  const paperCounts = new Map<string, number>();
  const seconds: World['seconds'] = new Map();
  const level = (term: Term, metric: Metric = 'top1Error'): number =>
    levels.get(keyOf(term, metric)) ?? (typeof metric === 'string' ? (USUAL[metric] ?? 0) : 5);
  const value = (term: Term, metric: Metric, seed: number): number => {
    const key = keyOf(term, metric);
    const scale = metricUnit(metric) === 'points' ? 0.1 : 0.001;
    return (
      level(term, metric) + (seed % 2 === 0 ? 1 : -1) * (swings.get(key) ?? 0) + scale * noise(key, seed)
    );
  };
  const isSet = (term: Term, metric: Metric): boolean =>
    levels.has(keyOf(term, metric)) || swings.has(keyOf(term, metric));

  const isTested = (term: Term): boolean => isSet(term, 'top1Error') || isSet(term, 'top5Error');

  const evaluationsOf = (name: string, seed: number, definitions: readonly TableEvaluation[]) =>
    definitions.map(({ name: evaluation, protocol, split }, i): CollectedEvaluation => {
      const isUsual = split === 'test' && definitions.findIndex(other => other.split === 'test') === i;
      const term = isUsual && !isTested({ variant: name, evaluation }) ? name : { variant: name, evaluation };
      const top1Error = value(term, 'top1Error', seed);
      const wrong = Math.round((IMAGES * top1Error) / 100);
      const rank = Array.from({ length: IMAGES }, (_, image) => (image < wrong ? 1 : 0));
      const top5Error = value(term, 'top5Error', seed);
      const predictions = { top1Error, top5Error, loss: 1, count: IMAGES, predicted: rank, rank };
      return {
        id: `${name}-${evaluation}-${seed}`,
        name: evaluation,
        protocol,
        split,
        paper: NONE,
        predictions,
      };
    });

  function eventsOf(variant: string, seed: number, epochs: number): readonly EpochEvent[] {
    return Array.from({ length: epochs }, (_, i): EpochEvent => {
      const at = (curve: 'trainLoss' | 'trainError' | 'testError', usual: number): number =>
        curveValue(variant, seed, (i + 1) / epochs, curve) ?? usual;
      const test = at('testError', 40);
      return {
        type: 'epoch',
        epoch: i + 1,
        step: i + 1,
        learningRate: 0.1,
        trainLoss: at('trainLoss', 1),
        trainTop1Error: at('trainError', 20),
        test: { top1Error: test, top5Error: test / 2, loss: 1, count: IMAGES },
        seconds: 1,
      };
    });
  }

  /** A step at `from`: whatever the feature, it has the value that was set. */
  function curveValue(variant: string, seed: number, share: number, curve: string): number | undefined {
    for (const key of [...levels.keys(), ...swings.keys()]) {
      const [term, metric] = JSON.parse(key) as [Term, Metric];
      if (term !== variant || typeof metric === 'string' || metric.curve !== curve) continue;
      const own = value(term, metric, seed);
      if (metric.feature === 'mean') return own;
      return share <= metric.from ? 50 : 50 + own;
    }
    return arrivalCurve(variant, seed, share, curve);
  }

  /** Falls to nothing at the epoch that was set as the arrival of a variant. */
  function arrivalCurve(variant: string, seed: number, share: number, curve: string): number | undefined {
    const key = keyOf({ variant, evaluation: `arrival ${curve}` }, 'top1Error');
    const arrival = levels.get(key);
    if (arrival === undefined) return undefined;
    const swing = (seed % 2 === 0 ? 1 : -1) * (swings.get(key) ?? 0);
    return share >= (arrival + swing) / 100 ? 0 : 90;
  }

  return {
    level,
    setLevel: (term, metric = 'top1Error', own) => void levels.set(keyOf(term, metric), own),
    setSwing: (term, metric = 'top1Error', own) => void swings.set(keyOf(term, metric), own),
    paperCounts,
    seconds,
    results({ profileName = 'reduced', seeds = 10, isIncomplete = false } = {}) {
      const profile = experiment.profiles[profileName];
      const definitions = profile.evaluations ?? experiment.evaluations ?? USUAL_EVALUATIONS;
      const count = Math.max(seeds, profile.seeds);
      const dataset = { name: profile.dataset, checksum: '', note: null };
      const isLost = (seed: number): boolean => isIncomplete && seed === count - 1;
      const runOf = (variant: string, seed: number): CollectedRun => {
        const lost = isLost(seed);
        const own = (metric: Metric): number => value(variant, metric, seed);
        const trainError = own('trainError');
        const top1Error = isSet(variant, 'gap') ? trainError + own('gap') : own('top1Error');
        const of = definitions.filter(definition => !definition.of || definition.of.includes(variant));
        return {
          id: `${variant}-${seed}`,
          seed,
          state: lost ? 'failed' : 'done',
          resumedFromStep: 0,
          reason: lost ? 'lost' : null,
          run: {
            model: { name: variant, options: profile.options },
            network: variant,
            dataset: { name: profile.dataset, checksum: '', subset: profile.subset },
            recipe: profile.recipe,
            seed,
            engine: 'none',
            parents: [],
            numerics: 1,
          },
          test: lost
            ? null
            : { top1Error, top5Error: own('top5Error'), loss: own('testLoss'), count: IMAGES },
          train: lost
            ? null
            : { top1Error: trainError, top5Error: trainError / 2, loss: own('trainLoss'), count: IMAGES },
          evaluations: lost ? [] : evaluationsOf(variant, seed, of),
          trainLoss: lost ? null : 1,
          seconds: 1,
          imagesPerSecond: 1,
          weightsSha256: null,
          environment: null,
          responses: lost ? null : responsesOf(own('response'), own('fading')),
          events: lost ? [] : eventsOf(variant, seed, profile.recipe.epochs),
        };
      };
      const all = Array.from({ length: count }, (_, seed) => seed);
      return {
        experiment,
        profileName,
        profile,
        dataset,
        engine: 'none',
        command: '',
        store: '',
        variants: experiment.variants.map(({ name, model }) => {
          const counted = paperCounts.get(name) ?? 100;
          return {
            name,
            model,
            dataset,
            parameters: 1,
            multiplyAdds: 1,
            paper: { ...NONE, parameters: counted, multiplyAdds: counted, trainingBytes: counted },
            runs: all.map(seed => runOf(name, seed)),
          };
        }),
        ensembles: (profile.ensembles ?? experiment.ensembles ?? []).map(
          ({ name, variants, seeds: members }) => {
            const of = definitions.filter(definition =>
              definition.of ? definition.of.includes(name) : definition.split === 'test',
            );
            const groups = Array.from({ length: Math.floor(count / members) }, (_, g) => {
              const own = all.slice(g * members, (g + 1) * members);
              return {
                seeds: own,
                runs: own.flatMap(seed => variants.map(variant => `${variant}-${seed}`)),
                evaluations: own.some(isLost) ? [] : evaluationsOf(name, g, of),
              };
            });
            return { name, variants, groups };
          },
        ),
        timings: seconds.size === 0 ? [] : [timingOf(turnsOf(isIncomplete))],
      };
    },
  };

  function turnsOf(isIncomplete: boolean): Readonly<Record<string, readonly number[]>> {
    const turns = [...seconds].map(([variant, { mean, swing }]): [string, readonly number[]] => [
      variant,
      Array.from(
        { length: isIncomplete ? 3 : TURNS },
        (_, turn) => mean * (1 + (turn % 2 === 0 ? 1 : -1) * swing + 0.001 * noise(variant, turn)),
      ),
    ]);
    return Object.fromEntries(turns);
  }
}

const NONE = { top1Error: null, top5Error: null };

const USUAL_EVALUATIONS: readonly TableEvaluation[] = [
  { name: 'test', protocol: WHOLE_IMAGE, split: 'test' },
  { name: 'train', protocol: WHOLE_IMAGE, split: 'train' },
];

/** Two layers of such a mean response, the gradient so much smaller at the first. */
function responsesOf(deviation: number, fading: number): readonly LayerResponse[] {
  return [
    { layer: 'first', deviation, gradientNorm: 1 },
    { layer: 'last', deviation, gradientNorm: 10 ** fading },
  ];
}
