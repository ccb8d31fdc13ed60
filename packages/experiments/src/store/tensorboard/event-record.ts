import { concatenate, double, float, integer, message, text } from '@strata/core/protobuf';
import { tfRecord } from './tf-record.js';

/*
 * TensorBoard's `Event` messages, as far as scalars go.
 * https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/util/event.proto, ../framework/summary.proto
 */

export interface Scalar {
  /** What stands before a `/` groups charts. */
  readonly tag: string;
  readonly value: number;
}

/** Wall time in seconds since 1970. */
export interface EventPlace {
  readonly time: number;
  readonly step: number;
}

export function scalarsRecord({ time, step }: EventPlace, scalars: readonly Scalar[]): Uint8Array {
  const values = scalars.map(({ tag, value }) => message(1, [text(1, tag), float(2, value)]));
  return tfRecord(concatenate([double(1, time), integer(2, step), message(5, values)]));
}

/** What a file begins with: its version, and a word that whatever an earlier file says of the same run holds no more. */
export function headerRecords(time: number): Uint8Array {
  const SESSION_START = 1;
  const version = [double(1, time), text(3, 'brain.Event:2')];
  const start = [double(1, time), message(7, [integer(1, SESSION_START)])];
  return concatenate([tfRecord(concatenate(version)), tfRecord(concatenate(start))]);
}
