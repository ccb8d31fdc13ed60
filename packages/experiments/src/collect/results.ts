import type { ErrorRates, TrainingEvent } from '@strata/core/training';
import type { Experiment, Profile, ProfileName } from '../catalog/index.js';
import type { Environment, Run, RunState } from '../store/index.js';

/** Everything that the store holds of one experiment at one profile: what reports are made from. */
export interface ExperimentResults {
  readonly experiment: Experiment;
  readonly profileName: ProfileName;
  readonly profile: Profile;
  /** The data that was really used, and whether it stood in for another. */
  readonly dataset: { readonly name: string; readonly checksum: string; readonly note: string | null };
  readonly engine: string;
  readonly variants: readonly VariantResults[];
  /** The command that makes these results. */
  readonly command: string;
  readonly store: string;
}

export interface VariantResults {
  readonly name: string;
  readonly model: string;
  /** Of the network at this profile's size. */
  readonly parameters: number;
  readonly multiplyAdds: number;
  /** Of the paper's network. */
  readonly paper: PaperCells;
  /** None where the variant was not planned. */
  readonly runs: readonly CollectedRun[];
}

/** The paper's cells of one row; null where it prints none. Errors in percent. */
export interface PaperCells {
  readonly top1Error: number | null;
  readonly top5Error: number | null;
  readonly parameters: number;
  readonly multiplyAdds: number;
}

export interface CollectedRun {
  readonly id: string;
  readonly seed: number;
  readonly state: RunState;
  /** Why it failed, if it did. */
  readonly reason: string | null;
  readonly run: Run;
  readonly test: ErrorRates | null;
  readonly train: ErrorRates | null;
  readonly trainLoss: number | null;
  readonly seconds: number | null;
  /** The step that its training last went on from; null where it is not over. */
  readonly resumedFromStep: number | null;
  readonly imagesPerSecond: number | null;
  readonly weightsSha256: string | null;
  readonly environment: Environment | null;
  readonly events: readonly TrainingEvent[];
}
