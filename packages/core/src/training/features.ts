import type { Batch, Evaluator } from '../engine/index.js';
import { UsageError } from '../errors/index.js';
import { decodeSafetensors, encodeSafetensors } from './safetensors.js';

/** What a layer says of images, in their order. */
export interface Features {
  readonly count: number;
  /** Numbers an image. */
  readonly width: number;
  /** `[count, width]`. */
  readonly values: Float32Array;
  readonly labels: Int32Array;
}

/** Features of images, by the evaluator of a network that ends at their layer (`upTo`). */
export async function featuresOf(evaluator: Evaluator, batches: Iterable<Batch>): Promise<Features> {
  const parts: Float32Array[] = [];
  const labels: number[] = [];
  for (const { images, labels: own, count } of batches) {
    parts.push(await evaluator.logits(images, count));
    labels.push(...own.subarray(0, count));
  }
  const values = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    values.set(part, at);
    at += part.length;
  }
  return {
    count: labels.length,
    width: values.length / labels.length,
    values,
    labels: Int32Array.from(labels),
  };
}

/** As a safetensors file of `features`, `[count, width]`, and `labels`, `[count]`, both 32-bit floats. */
export function encodeFeatures(
  { count, width, values, labels }: Features,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const tensors = new Map([
    ['features', { shape: [count, width], data: values }],
    ['labels', { shape: [count], data: Float32Array.from(labels) }],
  ]);
  return encodeSafetensors(tensors, metadata);
}

/** @throws UsageError naming `file` where it holds no features. */
export function decodeFeatures(bytes: Uint8Array, file: string): Features {
  const { state } = decodeSafetensors(bytes, file);
  const [features, labels] = [state.get('features'), state.get('labels')];
  const [count = 0, width = 0] = features?.shape ?? [];
  if (features?.shape.length !== 2 || labels?.data.length !== count) {
    throw new UsageError(
      `${file} holds no features; expected tensors features [count, width] and labels [count].`,
    );
  }
  return { count, width, values: features.data, labels: Int32Array.from(labels.data) };
}
