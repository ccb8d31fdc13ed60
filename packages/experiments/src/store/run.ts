import type { Subset } from '@strata/core/data';
import type { ModelSpec } from '@strata/core/models';
import type { NameMapName, Predictions, Protocol, Recipe } from '@strata/core/training';

/** Bumped by hand with every change that alters the numbers of a training. */
export const NUMERICS = 2;

/** The fully resolved description of one training. Its id is the hash of exactly this: nothing else decides the result. */
export interface Run {
  readonly model: ModelSpec;
  /** Content hash of the network that the model builds. */
  readonly network: string;
  readonly dataset: { readonly name: string; readonly checksum: string; readonly subset: Subset };
  readonly recipe: Recipe;
  readonly seed: number;
  readonly engine: string;
  /** Trained runs whose layers this one starts from. */
  readonly parents: readonly Parent[];
  /** A file of weights that it starts from before that; absent where there is none. */
  readonly startFile?: StartFile;
  readonly numerics: number;
}

export interface Parent {
  readonly run: string;
  /** All when left out, but for a last layer of other classes. */
  readonly layers?: readonly string[];
}

export interface StartFile {
  readonly sha256: string;
  /** How it names layers. */
  readonly names: NameMapName;
  /** All when left out, but for a last layer of other classes. */
  readonly layers?: readonly string[];
}

/** Recorded with a run, not hashed: where and how it happened to be made. */
export interface Environment {
  readonly strata: string;
  readonly node: string;
  readonly engine: string;
  readonly engineVersion: string;
  readonly cpu: string;
  readonly threads: number | null;
  readonly platform: string;
  readonly host: string;
}

/** `result.json`: written last, so that its presence means the run is over. */
export interface RunResult {
  readonly state: 'done' | 'diverged';
  readonly steps: number;
  /** The step that its last attempt went on from; 0 where it was trained in one go. */
  readonly resumedFromStep: number;
  /** Wall-clock seconds of training, evaluation left out; of all attempts, steps that were lost not counted. */
  readonly seconds: number;
  readonly imagesPerSecond: number;
  /** Mean over the last epoch's batches as trained on. */
  readonly trainLoss: number;
  /** SHA-256 of the final weights, in order of name. */
  readonly weightsSha256: string;
  /** SHA-256 of what was fitted to the training images: means, deviations, whitening. Absent from what older versions made. */
  readonly inputsSha256?: string;
  /** Checkpoints of the last attempt, and the seconds that went into them. Absent from what older versions made. */
  readonly checkpoints?: { readonly count: number; readonly seconds: number };
  readonly finished: string;
  readonly environment: Environment;
}

export type Split = 'test' | 'train';

/** How trained networks are tested. Its id is the hash of exactly this. */
export interface Evaluation {
  /** In order of their ids; of several the softmax outputs are averaged. */
  readonly runs: readonly string[];
  readonly protocol: Protocol;
  readonly split: Split;
  readonly numerics: number;
}

/** `evaluations/<id>.json`: errors, and for each image, in the order of the subset, what was predicted. */
export interface EvaluationResult extends Predictions {
  readonly evaluation: Evaluation;
}

/** What can be said of a run from its folder. */
export type RunState = 'planned' | 'running' | 'done' | 'failed' | 'diverged';
