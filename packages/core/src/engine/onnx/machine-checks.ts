import { totalmem } from 'node:os';
import { UsageError } from '../../errors/index.js';
import { type Network, trainingBytes } from '../../network/index.js';
import type { BuildOptions } from '../engine.js';

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
