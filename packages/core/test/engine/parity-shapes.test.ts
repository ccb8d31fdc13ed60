import fc from 'fast-check';
import { describe, it } from 'vitest';
import {
  averagePool,
  type Block,
  conv,
  dense,
  flatten,
  maxPool,
  type Network,
  network,
  sequence,
} from '../../src/network/index.js';
import { expectParity } from './parity.js';
import { randomBatch } from './small-networks.js';

const drawnWindow = fc
  .record({
    size: fc.integer({ min: 1, max: 5 }),
    stride: fc.integer({ min: 1, max: 3 }),
    padding: fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 0, max: 2 }))),
  })
  // A window that lies in the padding alone has no maximum.
  .map(({ size, stride, padding: [top = 0, bottom = 0, left = 0, right = 0] }) => ({
    size,
    options: {
      stride,
      padding: [top, bottom, left, right].map(pixels => Math.min(pixels, size - 1)) as [
        number,
        number,
        number,
        number,
      ],
    },
  }));
const drawnMap = fc.record({
  height: fc.integer({ min: 5, max: 11 }),
  width: fc.integer({ min: 5, max: 11 }),
  count: fc.integer({ min: 1, max: 19 }),
});

/** One layer behind a 1x1 convolution, so that gradients flow through it. */
function around(channels: number, height: number, width: number, tested: Block): Network {
  return network(
    { name: 'drawn', input: [3, height, width], classes: 3 },
    sequence(conv('before', channels, 1), tested, flatten('vector'), dense('logits', 3)),
  );
}

describe('every engine agrees with cpu on drawn shapes', () => {
  it('of convolutions', async () => {
    const drawn = fc.record({
      window: drawnWindow,
      map: drawnMap,
      groups: fc.constantFrom(1, 1, 2, 3),
      channels: fc.integer({ min: 1, max: 19 }),
      filters: fc.integer({ min: 1, max: 19 }),
    });
    await fc.assert(
      fc.asyncProperty(drawn, async ({ window, map, groups, channels, filters }) => {
        const { height, width, count } = map;
        const tested = conv('tested', filters * groups, window.size, { ...window.options, groups });
        const net = around(channels * groups, height, width, tested);
        await expectParity(net, randomBatch(net, count, 8), { steps: 1 });
      }),
      { numRuns: 25, seed: 21 },
    );
  });

  it.each([
    ['maximum', maxPool],
    ['average', averagePool],
  ])('of %s pooling', async (_, pool) => {
    const drawn = fc.record({
      window: drawnWindow,
      map: drawnMap,
      channels: fc.integer({ min: 1, max: 35 }),
    });
    await fc.assert(
      fc.asyncProperty(drawn, async ({ window, map: { height, width, count }, channels }) => {
        const net = around(channels, height, width, pool('tested', window.size, window.options));
        await expectParity(net, randomBatch(net, count, 8), { steps: 1 });
      }),
      { numRuns: 15, seed: 22 },
    );
  });
});
