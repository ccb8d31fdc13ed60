import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Batch } from '../../src/engine/index.js';

/** What to say where the images are not there. */
export const NO_CIFAR10 = 'no CIFAR-10 in STRATA_DATA_DIR';

/** One label byte and 3072 planar pixel bytes a record. */
const RECORD = 3073;
const PIXELS = RECORD - 1;

/** The first images of CIFAR-10's first training file, roughly normalised; undefined where they are not there. */
export function cifarBatch(count: number): Batch | undefined {
  const file = cifarBatchFile();
  if (!file) return undefined;
  const records = readFileSync(file).subarray(0, count * RECORD);
  return {
    images: Float32Array.from(
      { length: count * PIXELS },
      (_, i) => ((records[Math.floor(i / PIXELS) * RECORD + 1 + (i % PIXELS)] ?? 0) - 120) / 64,
    ),
    labels: Int32Array.from({ length: count }, (_, i) => records[i * RECORD] ?? 0),
    count,
  };
}

function cifarBatchFile(): string | undefined {
  const root = fileURLToPath(new URL('../../../..', import.meta.url));
  const dataDir = process.env.STRATA_DATA_DIR ?? path.join(root, '../shared/data');
  const file = path.join(dataDir, 'cifar10/cifar-10-batches-bin/data_batch_1.bin');
  return existsSync(file) ? file : undefined;
}
