import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Batch, Engine, State } from '../../../src/engine/engine.js';
import { buildModel, type ModelSpec } from '../../../src/models/index.js';
import type { Network } from '../../../src/network/index.js';
import { initialState } from '../../../src/training/index.js';
import { classical } from './networks.js';
import { targets } from './targets.js';

const root =
  process.env.STRATA_DATA_DIR ?? fileURLToPath(new URL('../../../../../../shared/data', import.meta.url));
const file = join(root, 'cifar10/cifar-10-batches-bin/test_batch.bin');
const BATCH = 32;
const RECORD = 1 + 3 * 32 * 32;
/** Largest deviation of a gradient, relative to its largest element, where every ReLU and window decides alike. */
const TOLERANCE = 1e-4;
/**
 * Of millions of activations one may lie within rounding of zero, or of another in its window; then a gradient takes another
 * way and differs by a hundredth. Most of a few initial weights have none such.
 */
const SEEDS = [0, 1, 2, 3, 4];
const WORST = 0.1;

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
    const gradientsOf = async (engine: Engine, net: Network, seed: number): Promise<State> => {
      const trainable = await engine.build(net, { batchSize: BATCH, optimizer: classical });
      await trainable.restore(initialState(net, { kind: 'msra', bias: 0 }, seed));
      const { loss, gradients } = await trainable.gradients(firstImages(), { seed: 1, step: 0 });
      trainable.dispose();
      return new Map(gradients).set('loss', { shape: [], data: Float32Array.of(loss) });
    };

    it.each(specs)('$name', async spec => {
      const net = buildModel(spec);
      const [reference, ...others] = engines;
      if (!reference) throw new RangeError('no engine at all');
      for (const { engine } of others) {
        const deviations: number[] = [];
        for (const seed of SEEDS) {
          const [expected, actual] = [
            await gradientsOf(reference.engine, net, seed),
            await gradientsOf(engine, net, seed),
          ];
          deviations.push(deviation(expected, actual));
        }
        deviations.sort((a, b) => a - b);
        expect(deviations[SEEDS.length >> 1]).toBeLessThan(TOLERANCE);
        expect(deviations.at(-1)).toBeLessThan(WORST);
      }
    });
  },
);

/** The largest over all gradients, each relative to its largest element. */
function deviation(expected: State, actual: State): number {
  return [...expected].reduce((worst, [name, { data }]) => {
    const found = actual.get(name)?.data ?? [];
    const largest = data.reduce((max, x) => Math.max(max, Math.abs(x)), 1e-6);
    const apart = data.reduce((max, x, i) => Math.max(max, Math.abs(x - (found[i] ?? Number.NaN))), 0);
    return Math.max(worst, apart / largest);
  }, 0);
}
