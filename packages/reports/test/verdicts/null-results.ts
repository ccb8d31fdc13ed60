import { normalArray, streamKey } from '@strata/core/random';
import type { EpochEvent } from '@strata/core/training';
import type { Experiment } from '@strata/experiments/catalog';
import type { CollectedEvaluation, CollectedRun, ExperimentResults } from '@strata/experiments/collect';

/** Draws from N(0, 1), one after the other, of one simulated experiment. */
export type Draw = () => number;

export function drawsOf(simulation: number, what: string, count: number): Draw {
  const drawn = normalArray(count, streamKey(simulation, 'statistics', 'null', what), 1);
  let i = 0;
  return () => drawn[i++] as number;
}

/** What is simulated of one run; all else is fixed. */
export interface NullRun {
  readonly top1Error: number;
  readonly trainError?: number;
  /** Test error by epoch. */
  readonly curve?: readonly number[];
  /** For each way of testing, for each image, whether it is wrong. */
  readonly wrong?: Readonly<Record<string, readonly boolean[]>>;
}

/** Results of an experiment at its `reduced` profile, as cheap as they can be made: 10,000 of them are judged. */
export function nullResults(
  experiment: Experiment,
  seeds: number,
  runOf: (variant: string, seed: number) => NullRun,
  timings: ExperimentResults['timings'] = [],
): ExperimentResults {
  const profile = experiment.profiles.reduced;
  return {
    experiment,
    profileName: 'reduced',
    profile,
    dataset: NO_DATA,
    engine: 'none',
    command: '',
    store: '',
    ensembles: [],
    timings,
    variants: experiment.variants.map(({ name, model }) => ({
      name,
      model,
      dataset: NO_DATA,
      parameters: 1,
      multiplyAdds: 1,
      paper: { top1Error: null, top5Error: null, parameters: 1, multiplyAdds: 1, trainingBytes: 1 },
      runs: Array.from({ length: seeds }, (_, seed) => collected(profile, name, seed, runOf(name, seed))),
    })),
  };
}

const NO_DATA = { name: 'none', checksum: '', note: null };

function collected(
  profile: Experiment['profiles']['reduced'],
  variant: string,
  seed: number,
  { top1Error, trainError = 10, curve = [], wrong = {} }: NullRun,
): CollectedRun {
  const rates = (error: number) => ({ top1Error: error, top5Error: error / 6, loss: 1, count: 1000 });
  return {
    id: `${variant}-${seed}`,
    seed,
    state: 'done',
    resumedFromStep: 0,
    reason: null,
    run: {
      model: { name: variant, options: profile.options },
      network: '',
      dataset: { name: '', checksum: '', subset: {} },
      recipe: profile.recipe,
      seed,
      engine: '',
      parents: [],
      numerics: 1,
    },
    test: rates(top1Error),
    train: rates(trainError),
    evaluations: Object.entries(wrong).map(([name, images]): CollectedEvaluation => {
      const rank = images.map(Number);
      const predictions = { ...rates(0), predicted: rank, rank };
      const paper = { top1Error: null, top5Error: null };
      return {
        id: '',
        name,
        protocol: {} as CollectedEvaluation['protocol'],
        split: 'test',
        paper,
        predictions,
      };
    }),
    trainLoss: 1,
    seconds: 1,
    imagesPerSecond: 1,
    weightsSha256: null,
    environment: null,
    responses: null,
    events: curve.map((error, i): EpochEvent => {
      const trained = { trainLoss: 1, trainTop1Error: error };
      return {
        type: 'epoch',
        epoch: i + 1,
        step: i + 1,
        learningRate: 1,
        ...trained,
        test: rates(error),
        seconds: 1,
      };
    }),
  };
}
