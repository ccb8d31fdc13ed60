import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Batch, Engine, State } from '../../../src/engine/engine.js';
import { bestTarget, loadOnnxEngine } from '../../../src/engine/onnx/engine.js';
import { loadRuntime } from '../../../src/engine/onnx/runtime.js';
import { portable } from '../../../src/engine/onnx/target.js';
import {
  averagePool,
  type Block,
  batchNorm,
  conv,
  dense,
  flatten,
  lrn,
  maxPool,
  type Network,
  network,
  parallel,
  relu,
  residual,
  sequence,
  tanh,
} from '../../../src/network/index.js';
import { exampleBatch, exampleState, nesterov } from './networks.js';

const best = await bestTarget(await loadRuntime());
const [plainEngine, blockedEngine] = await Promise.all(
  [portable, best].map(target => loadOnnxEngine({ target })),
);

/** Orders of addition differ; batch norm over few values amplifies that. */
const TOLERANCE = 1e-4;
/** A bias in front of batch norm has no gradient but the rounding of sums of about this size: its own size is no measure. */
const SMALLEST = 1e-2;

function net(channels: number, side: readonly [number, number], body: Block): Network {
  return network(
    { name: 'drawn', input: [channels, ...side], classes: 3 },
    sequence(body, flatten('flatten'), dense('fc', 3)),
  );
}

async function gradientsOf(engine: Engine | undefined, drawn: Network, batch: Batch): Promise<State> {
  const trainable = await (engine as Engine).build(drawn, { batchSize: batch.count, optimizer: nesterov });
  await trainable.restore(exampleState(drawn));
  const { loss, gradients } = await trainable.gradients(batch, { seed: 1, step: 0 });
  trainable.dispose();
  return new Map(gradients).set('loss', { shape: [], data: Float32Array.of(loss) });
}

async function expectParity(drawn: Network, batch: Batch): Promise<void> {
  const expected = await gradientsOf(plainEngine, drawn, batch);
  const actual = await gradientsOf(blockedEngine, drawn, batch);
  for (const [name, { data }] of expected) {
    const found = actual.get(name)?.data ?? [];
    const largest = data.reduce((max, x) => Math.max(max, Math.abs(x)), SMALLEST);
    const worst = data.reduce((max, x, i) => Math.max(max, Math.abs(x - (found[i] ?? Number.NaN))), 0);
    expect(worst / largest, name).toBeLessThan(TOLERANCE);
  }
}

const window = fc.record({
  size: fc.integer({ min: 1, max: 5 }),
  stride: fc.integer({ min: 1, max: 3 }),
  padding: fc.integer({ min: 0, max: 2 }),
});
const side = fc.tuple(fc.integer({ min: 5, max: 14 }), fc.integer({ min: 5, max: 14 }));
const channels = fc.integer({ min: 1, max: 34 });

describe.skipIf(best.name === portable.name)(`${best.name} agrees with the portable lowering`, () => {
  it('on any convolution behind a convolution', async () => {
    const drawn = fc.record({
      window,
      side,
      first: channels,
      filters: channels,
      batch: fc.integer({ min: 1, max: 20 }),
    });
    await fc.assert(
      fc.asyncProperty(drawn, async ({ window: { size, stride, padding }, side, first, filters, batch }) => {
        const tested = net(
          3,
          side,
          sequence(
            conv('first', first, 3),
            relu('relu'),
            conv('tested', filters, size, { stride, padding: Math.min(padding, size - 1) }),
          ),
        );
        await expectParity(tested, exampleBatch(tested, batch));
      }),
      { numRuns: 25, seed: 11 },
    );
  });

  it('on images with as many channels as come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 20 }), window, async (count, { size, stride, padding }) => {
        const tested = net(count, [9, 8], conv('tested', 5, size, { stride, padding }));
        await expectParity(tested, exampleBatch(tested, 3));
      }),
      { numRuns: 12, seed: 12 },
    );
  });

  const block = (name: string, filters: number): Block =>
    sequence(conv(`${name}.conv`, filters, 3), batchNorm(`${name}.bn`), relu(`${name}.relu`));
  const bodies: Readonly<Record<string, Block>> = {
    'batch norm and ReLU': block('a', 12),
    'a residual block with identity': sequence(
      conv('conv', 11, 3),
      residual('add', sequence(block('a', 11), conv('b', 11, 3)), sequence()),
      relu('relu'),
    ),
    'a residual block with projection': residual(
      'add',
      conv('shortcut', 9, 1, { stride: 2 }),
      sequence(block('a', 9), conv('b', 9, 3, { stride: 2 })),
    ),
    'a sum of three': residual('add', conv('a', 4, 1), conv('b', 4, 3), conv('c', 4, 5)),
    'branches side by side': parallel('concat', conv('a', 16, 1), conv('b', 32, 3)),
    'branches that fill no block': parallel('concat', conv('a', 5, 1), conv('b', 3, 3)),
    'pooling behind ReLU': sequence(block('a', 10), maxPool('pool', 2), conv('b', 7, 3), relu('relu')),
    'pooling without ReLU': sequence(conv('a', 10, 3), maxPool('pool', 4, { stride: 4 }), tanh('tanh')),
    'overlapping pooling': sequence(conv('a', 10, 3), relu('relu'), maxPool('pool', 3, { stride: 2 })),
    'average pooling': sequence(conv('a', 10, 3), averagePool('pool', 2), conv('b', 4, 3)),
    'local response normalisation': sequence(conv('a', 13, 3), relu('relu'), lrn('lrn', { alpha: 0.3 })),
    'wide convolutions, by tiles': sequence(
      conv('a', 128, 3),
      relu('relu'),
      conv('b', 144, 3),
      conv('c', 128, 3),
    ),
    'wide convolutions whose filters fill no block': sequence(
      conv('a', 130, 3),
      relu('relu1'),
      conv('b', 133, 3),
      relu('relu2'),
      conv('c', 129, 3, { bias: false }),
    ),
    'a wide residual block': sequence(
      conv('conv', 130, 3),
      residual('add', sequence(block('a', 130), conv('b', 130, 3)), sequence()),
      relu('relu'),
    ),
    groups: sequence(conv('a', 16, 3), conv('b', 16, 3, { groups: 2 }), relu('relu')),
  };
  it.each(Object.keys(bodies))('on %s', async name => {
    const tested = net(3, [8, 8], bodies[name] as Block);
    await expectParity(tested, exampleBatch(tested, 5));
  });

  it('on flat images, where windows hold equal values', async () => {
    const tested = net(3, [8, 8], sequence(conv('a', 8, 3), relu('relu'), maxPool('pool', 2)));
    const batch = exampleBatch(tested, 4);
    const flat = batch.images.map(x => Math.round(x) / 2);
    await expectParity(tested, { ...batch, images: flat });
    await expectParity(tested, { ...batch, images: flat.fill(0.5) });
  });
});
