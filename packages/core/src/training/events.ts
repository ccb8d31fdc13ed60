/** What a training reports while it runs: one JSON line each in `events.jsonl`. Steps and epochs count from 1. */
export type TrainingEvent = StartEvent | StepEvent | EpochEvent | EndEvent;

export interface StartEvent {
  readonly type: 'start';
  readonly steps: number;
  readonly epochs: number;
  /** The step that the training continued after; 0 from the beginning. */
  readonly resumedFromStep: number;
  readonly time: string;
}

export interface StepEvent {
  readonly type: 'step';
  readonly step: number;
  readonly epoch: number;
  readonly learningRate: number;
  /** Mean loss and top-1 error in percent of this batch, dropout active. */
  readonly loss: number;
  readonly top1Error: number;
  readonly imagesPerSecond: number;
}

export interface EpochEvent {
  readonly type: 'epoch';
  readonly epoch: number;
  readonly step: number;
  readonly learningRate: number;
  /** Means over the epoch's batches as they were trained on: augmented, dropout active. */
  readonly trainLoss: number;
  readonly trainTop1Error: number;
  /** On the validation images, without dropout; absent where the schedule does not go by them. */
  readonly validation?: ErrorRates;
  /** On the test images, without dropout; absent in epochs in which they were not looked at. */
  readonly test?: ErrorRates;
  readonly seconds: number;
}

export interface EndEvent {
  readonly type: 'end';
  readonly state: 'done' | 'diverged';
  readonly step: number;
  readonly time: string;
}

/** Errors in percent, loss in nats, over `count` images. The loss is null where the network no longer says a number. */
export interface ErrorRates {
  readonly top1Error: number;
  readonly top5Error: number;
  readonly loss: number | null;
  readonly count: number;
}
