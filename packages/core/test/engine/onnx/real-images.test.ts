import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Batch, State } from '../../../src/engine/engine.js';
import { buildModel, type ModelSpec } from '../../../src/models/index.js';
import type { Network } from '../../../src/network/index.js';
import { classical, exampleState } from './networks.js';
import { targets } from './targets.js';

const root =
  process.env.STRATA_DATA_DIR ?? fileURLToPath(new URL('../../../../../../shared/data', import.meta.url));
const file = join(root, 'cifar10/cifar-10-batches-bin/test_batch.bin');
const BATCH = 32;
const RECORD = 1 + 3 * 32 * 32;
/** As large as nets of this depth need in 32-bit floats; a wrong tie in a pooled window shows as 1e-2. */
const TOLERANCE = 1e-3;

/** The first images, with the mean of each channel taken off and scaled to a deviation of about one. */
function firstImages(): Batch {
  const bytes = readFileSync(file).subarray(0, BATCH * RECORD);
  const labels = Int32Array.from({ length: BATCH }, (_, i) => bytes[i * RECORD] ?? 0);
  const pixels = bytes.filter((_, i) => i % RECORD !== 0);
  return { images: Float32Array.from(pixels, pixel => (pixel - 120) / 64), labels, count: BATCH };
}

const options = { input: [3, 32, 32], classes: 10 } as const;
const specs: readonly ModelSpec[] = [
  { name: 'vgg-a', options: { ...options, width: 0.25, hidden: 128 } },
  { name: 'vgg-e', options: { ...options, width: 0.25, hidden: 128 } },
  { name: 'wrn-16-1', options },
];

describe.skipIf(!existsSync(file))(
  'on photographs, at the widths of profiles, all targets agree',
  async () => {
    const engines = await targets();
    const gradientsOf = (net: Network, batch: Batch): Promise<State[]> =>
      Promise.all(
        engines.map(async ({ engine }) => {
          const trainable = await engine.build(net, { batchSize: BATCH, optimizer: classical });
          await trainable.restore(exampleState(net));
          const { loss, gradients } = await trainable.gradients(batch, { seed: 1, step: 0 });
          trainable.dispose();
          return new Map(gradients).set('loss', { shape: [], data: Float32Array.of(loss) });
        }),
      );

    it.each(specs)('$name', async spec => {
      const [expected, ...others] = await gradientsOf(buildModel(spec), firstImages());
      for (const actual of others) {
        for (const [name, { data }] of expected ?? []) {
          const found = actual.get(name)?.data ?? [];
          const largest = data.reduce((max, x) => Math.max(max, Math.abs(x)), 1e-6);
          const worst = data.reduce((max, x, i) => Math.max(max, Math.abs(x - (found[i] ?? Number.NaN))), 0);
          expect(worst / largest, name).toBeLessThan(TOLERANCE);
        }
      }
    });
  },
);
