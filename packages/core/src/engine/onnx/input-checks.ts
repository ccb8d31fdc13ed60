import { totalmem } from 'node:os';
import { UsageError } from '../../errors/index.js';
import { elements, type Network, trainingBytes } from '../../network/index.js';
import type { Batch, BuildOptions } from '../engine.js';

/** @throws UsageError for a device that is no CPU, and where the training cannot fit into memory. */
export function checkMachine(network: Network, { batchSize, device }: BuildOptions): void {
  if (device !== undefined && device !== 'cpu') {
    throw new UsageError(`Engine onnx runs on "cpu", not on "${device}"; choose another engine.`);
  }
  const [needed, present] = [trainingBytes(network, batchSize), totalmem()];
  if (needed > present) {
    throw new UsageError(
      `${network.name} with ${batchSize} images a batch needs at least ${gigabytes(needed)}; this machine has ${gigabytes(present)}: use a smaller batch or width.`,
    );
  }
}

const gigabytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;

/** @throws UsageError unless the batch is as large as the graph was built for, with labels that the network knows. */
export function checkBatch(network: Network, batchSize: number, { images, labels, count }: Batch): void {
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
