import type { ErrorRates, TrainingEvent } from '@strata/core/training';
import { headerRecords, type Scalar, scalarsRecord } from './event-record.js';

/** Gives the records of events, one after the other; none for those that hold no numbers. */
export type ScalarEncoder = (event: TrainingEvent) => Uint8Array;

/**
 * The records of a training so far, from the header on, and what encodes the events that follow. Events carry no time:
 * theirs is the seconds that their steps took, counted so that what was kept ends where this attempt starts.
 */
export function encodeTraining(
  events: readonly TrainingEvent[],
  batchSize: number,
): { readonly records: readonly Uint8Array[]; readonly encode: ScalarEncoder } {
  const start = events.find(event => event.type === 'start');
  const whole = trainingClock(batchSize);
  for (const event of events) whole(event);
  const began = Date.parse(start?.time ?? '') / 1000 - whole();
  const clock = trainingClock(batchSize);
  const encode: ScalarEncoder = event => {
    const time = began + clock(event);
    const scalars = scalarsOf(event);
    return scalars.length > 0 && 'step' in event
      ? scalarsRecord({ time, step: event.step }, scalars)
      : new Uint8Array();
  };
  return { records: [headerRecords(began), ...events.map(encode)], encode };
}

/** Seconds of training up to an event. Of the steps not all are kept: those between took as long as the one that is. */
function trainingClock(batchSize: number): (event?: TrainingEvent) => number {
  let step = 0;
  let epochs = 0;
  let seconds = 0;
  return event => {
    if (event?.type === 'step') {
      const took = ((event.step - step) * batchSize) / event.imagesPerSecond;
      seconds += Number.isFinite(took) ? took : 0;
      step = event.step;
    } else if (event?.type === 'epoch') {
      epochs += event.seconds;
      seconds = epochs;
      step = event.step;
    }
    return seconds;
  };
}

/** What TensorBoard charts of an event, errors in percent. */
export function scalarsOf(event: TrainingEvent): readonly Scalar[] {
  if (event.type === 'step') {
    return [
      { tag: 'batch/loss', value: event.loss },
      { tag: 'batch/top1_error', value: event.top1Error },
      { tag: 'batch/images_per_second', value: event.imagesPerSecond },
      { tag: 'batch/learning_rate', value: event.learningRate },
    ].map(asNumber);
  }
  if (event.type !== 'epoch') return [];
  return [
    { tag: 'train/loss', value: event.trainLoss },
    { tag: 'train/top1_error', value: event.trainTop1Error },
    ...ratesOf('validation', event.validation),
    ...ratesOf('test', event.test),
  ].map(asNumber);
}

function ratesOf(split: string, rates: ErrorRates | undefined): { tag: string; value: number | null }[] {
  if (!rates) return [];
  return [
    { tag: `${split}/loss`, value: rates.loss },
    { tag: `${split}/top1_error`, value: rates.top1Error },
    { tag: `${split}/top5_error`, value: rates.top5Error },
  ];
}

/** JSON has no word for what has overflowed; TensorBoard has, and shows it. */
function asNumber({ tag, value }: { readonly tag: string; readonly value: number | null }): Scalar {
  return { tag, value: value ?? Number.NaN };
}
