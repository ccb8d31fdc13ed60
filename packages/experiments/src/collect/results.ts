import type { ErrorRates, LayerResponse, Predictions, Protocol, TrainingEvent } from '@strata/core/training';
import type { Experiment, Profile, ProfileName, Quantity } from '../catalog/index.js';
import type { Environment, Run, RunState, Split, Timing } from '../store/index.js';

/** Everything that the store holds of one experiment at one profile: what reports are made from. */
export interface ExperimentResults {
  readonly experiment: Experiment;
  readonly profileName: ProfileName;
  readonly profile: Profile;
  /** The profile's data, as really used; variants may have their own. */
  readonly dataset: UsedData;
  readonly engine: string;
  readonly variants: readonly VariantResults[];
  /** Networks that were tested together; one entry for each of the experiment's ensembles. */
  readonly ensembles: readonly EnsembleResults[];
  /** Training steps measured alone, the newest measurement first; each holds steps of this plan's variants only. */
  readonly timings: readonly Timing[];
  /** The command that makes these results. */
  readonly command: string;
  readonly store: string;
}

export interface UsedData {
  readonly name: string;
  readonly checksum: string;
  /** Said where the set stands in for another. */
  readonly note: string | null;
}

export interface VariantResults {
  readonly name: string;
  readonly model: string;
  readonly dataset: UsedData;
  /** Of the network at this profile's size. */
  readonly parameters: number;
  readonly multiplyAdds: number;
  /** Of the paper's network. */
  readonly paper: PaperCells;
  /** None where the variant was not planned. */
  readonly runs: readonly CollectedRun[];
}

/** A row of the table for which networks were tested together. */
export interface EnsembleResults {
  readonly name: string;
  readonly variants: readonly string[];
  /** Disjoint sets of runs; none where too few seeds or not all variants were planned. */
  readonly groups: readonly EnsembleGroup[];
}

export interface EnsembleGroup {
  readonly seeds: readonly number[];
  /** Ids. */
  readonly runs: readonly string[];
  readonly evaluations: readonly CollectedEvaluation[];
}

/** One way in which a network, or several together, was tested. */
export interface CollectedEvaluation {
  readonly id: string;
  /** As the experiment calls it. */
  readonly name: string;
  readonly protocol: Protocol;
  readonly split: Split;
  /** For the row, tested in this way. */
  readonly paper: PublishedErrors;
  /** Errors, and for each image the predicted class and the place of the true one; null where it has not been tested so. */
  readonly predictions: Predictions | null;
}

/** In percent; null where the paper prints none. */
export interface PublishedErrors {
  readonly top1Error: number | null;
  readonly top5Error: number | null;
}

/** The paper's cells of one row, and what its network counts. */
export interface PaperCells extends PublishedErrors, Readonly<Record<Quantity, number>> {}

export interface CollectedRun {
  readonly id: string;
  readonly seed: number;
  readonly state: RunState;
  /** Why it failed, if it did. */
  readonly reason: string | null;
  readonly run: Run;
  /** By the first of its evaluations on test images, and on training images. */
  readonly test: ErrorRates | null;
  readonly train: ErrorRates | null;
  /** All of them, in the experiment's order. */
  readonly evaluations: readonly CollectedEvaluation[];
  readonly trainLoss: number | null;
  readonly seconds: number | null;
  /** The step that its training last went on from; null where it is not over. */
  readonly resumedFromStep: number | null;
  readonly imagesPerSecond: number | null;
  readonly weightsSha256: string | null;
  readonly environment: Environment | null;
  /** Of the trained network's layers; null where they were not asked for, or have not been measured. */
  readonly responses: readonly LayerResponse[] | null;
  readonly events: readonly TrainingEvent[];
}
