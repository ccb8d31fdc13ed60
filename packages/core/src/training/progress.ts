/** Sums over the batches of one epoch as they were trained on. */
export interface EpochTotals {
  readonly loss: number;
  readonly wrong: number;
  readonly images: number;
  readonly seconds: number;
}

/** Where a training stands: with the trainable's state, all that the rest of it depends on. Plain data. */
export interface Progress {
  /** Steps taken. */
  readonly step: number;
  /** Epochs that were reported, the look at the test images included. */
  readonly epochs: number;
  /** Of the epoch that the last step belongs to. */
  readonly totals: EpochTotals;
  /** Over all steps, the steps' own time alone. */
  readonly seconds: number;
  readonly images: number;
  /** The last step's loss was not finite: nothing follows. */
  readonly diverged: boolean;
}

export const noTotals: EpochTotals = { loss: 0, wrong: 0, images: 0, seconds: 0 };

export const atBeginning: Progress = {
  step: 0,
  epochs: 0,
  totals: noTotals,
  seconds: 0,
  images: 0,
  diverged: false,
};

/** What one step adds. */
export interface TakenStep {
  readonly loss: number;
  readonly correct: number;
  readonly images: number;
  readonly seconds: number;
  readonly isFirstOfEpoch: boolean;
}

export function afterStep(progress: Progress, taken: TakenStep): Progress {
  const totals = taken.isFirstOfEpoch ? noTotals : progress.totals;
  return {
    ...progress,
    step: progress.step + 1,
    totals: {
      loss: totals.loss + taken.loss * taken.images,
      wrong: totals.wrong + taken.images - taken.correct,
      images: totals.images + taken.images,
      seconds: totals.seconds + taken.seconds,
    },
    seconds: progress.seconds + taken.seconds,
    images: progress.images + taken.images,
    diverged: !Number.isFinite(taken.loss),
  };
}
