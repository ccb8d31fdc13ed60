import { UsageError } from '../errors/index.js';
import { elements, formatShape, type Network, type Shape } from '../network/index.js';
import type { Batch } from './engine.js';

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

/** @throws UsageError unless the batch is as large as the training was built for, with labels that the network knows. */
export function checkBatch({ images, labels, count }: Batch, network: Network, batchSize: number): void {
  const expected = batchSize * elements(network.input);
  if (count !== batchSize || images.length !== expected || labels.length !== batchSize) {
    throw new UsageError(
      `A batch holds ${count} images (${images.length} values, ${labels.length} labels); this training was built for ${batchSize} (${expected} values): leave a smaller last batch out.`,
    );
  }
  const stray = labels.find(label => label < 0 || label >= network.classes);
  if (stray !== undefined) {
    throw new UsageError(
      `A batch has the label ${stray}; network ${network.name} knows 0 to ${network.classes - 1}.`,
    );
  }
}
