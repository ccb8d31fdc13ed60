import { type Tensor1D, type Tensor4D, tensor1d, tensor4d, tidy, transpose } from '@tensorflow/tfjs-core';
import { UsageError } from '../../errors/index.js';
import { elements, formatShape, type Network, type Shape } from '../../network/index.js';
import type { Batch } from '../engine.js';

/** @throws UsageError when there are no images, more than the batch size, or not as many pixels as the shape says. */
export function checkImages(images: Float32Array, count: number, shape: Shape, batchSize: number): void {
  if (!Number.isInteger(count) || count < 1 || count > batchSize) {
    throw new UsageError(`A batch has ${count} images; expected 1 to ${batchSize}, the batch size.`);
  }
  const expected = count * elements(shape);
  if (images.length !== expected) {
    throw new UsageError(
      `A batch has ${images.length} pixel values; expected ${expected}: ${count} images of ${formatShape(shape)}.`,
    );
  }
}

/** @throws UsageError as `checkImages`, and when a label is missing or is no class of the network. */
export function checkBatch({ images, labels, count }: Batch, network: Network, batchSize: number): void {
  checkImages(images, count, network.input, batchSize);
  if (labels.length !== count)
    throw new UsageError(`A batch of ${count} images has ${labels.length} labels; expected one an image.`);
  const stray = labels.find(label => label < 0 || label >= network.classes);
  if (stray !== undefined) {
    throw new UsageError(
      `A batch has the label ${stray}; network ${network.name} knows 0 to ${network.classes - 1}.`,
    );
  }
}

/** Images as layers take them: `[count, height, width, channels]`. */
export function uploadImages(images: Float32Array, count: number, shape: Shape): Tensor4D {
  return tidy(() => transpose(tensor4d(images, [count, ...shape]), [0, 2, 3, 1]));
}

export function uploadLabels(labels: Int32Array): Tensor1D {
  return tensor1d(labels, 'int32');
}
