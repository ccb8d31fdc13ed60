import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGraph, type Value } from '../../../../src/engine/onnx/graph/graph.js';
import { placesOutermost } from '../../../../src/engine/onnx/nchwc/convolution.js';
import { convolve, fromBlocks, toBlocks } from '../../../../src/engine/onnx/nchwc/operators.js';
import { probeBlock } from '../../../../src/engine/onnx/nchwc/probe.js';
import { blockedFilters } from '../../../../src/engine/onnx/nchwc/storage.js';
import { convolveTiles, suitsTiles } from '../../../../src/engine/onnx/nchwc/winograd.js';
import { floatsOf, floatTensor, loadRuntime, openSession } from '../../../../src/engine/onnx/runtime.js';
import { elements, type Window } from '../../../../src/network/index.js';
import { normalArray, streamKey } from '../../../../src/random/index.js';

const runtime = await loadRuntime();
const block = await probeBlock(runtime);

/** Each of the 16 sums adds a few roundings to those of the direct order; over hundreds of channels they average out. */
const TOLERANCE = 3e-6;

interface Drawn {
  readonly batch: number;
  readonly channels: number;
  readonly filters: number;
  readonly height: number;
  readonly width: number;
  readonly bias: boolean;
  readonly sum: boolean;
  readonly relu: boolean;
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  batch: fc.integer({ min: 1, max: 3 }),
  channels: fc.constantFrom(16, 32, 64),
  filters: fc.constantFrom(16, 48),
  height: fc.constantFrom(4, 6, 8),
  width: fc.constantFrom(4, 6, 10),
  bias: fc.boolean(),
  sum: fc.boolean(),
  relu: fc.boolean(),
});

/** The same convolution by the direct kernel and by tiles. */
async function bothWays(shape: Drawn, blockSize: number): Promise<readonly [Float32Array, Float32Array]> {
  const { batch, channels, filters, height, width } = shape;
  const graph = createGraph();
  const storage = blockedFilters([filters, channels, 3, 3], blockSize);
  const image = graph.input('x', [batch, channels, height, width]);
  const weight = graph.input('weight', storage.shape);
  const outer = [batch, filters, height, width];
  const x = toBlocks(graph, image, blockSize);
  const options = {
    bias: shape.bias ? graph.input('bias', [filters]) : undefined,
    sum: shape.sum ? toBlocks(graph, graph.input('sum', outer), blockSize) : undefined,
    ...(shape.relu && ({ activation: 'relu' } as const)),
  };
  const plain = (value: Value): Value => fromBlocks(graph, value, filters);
  const direct = convolve(graph, x, weight, outer, { kernel: [3, 3], pads: [1, 1, 1, 1], ...options });
  const tiles = convolveTiles(
    graph,
    x,
    placesOutermost(graph, weight, blockSize),
    filters,
    blockSize,
    options,
  );
  graph.output('direct', plain(direct));
  graph.output('tiles', plain(tiles));

  const values = (name: string, count: number): Float32Array =>
    normalArray(count, streamKey(1, 'init', name), 1);
  const feeds = {
    x: floatTensor(runtime, values('x', elements(image.shape)), image.shape),
    weight: floatTensor(runtime, storage.pack(values('weight', filters * channels * 9)), storage.shape),
    ...(shape.bias && { bias: floatTensor(runtime, values('bias', filters), [filters]) }),
    ...(shape.sum && { sum: floatTensor(runtime, values('sum', elements(outer)), outer) }),
  };
  const session = await openSession(runtime, graph.finish(), { threads: 1 });
  const results = await session.run(feeds);
  await session.release();
  return [floatsOf(results.direct), floatsOf(results.tiles)];
}

describe.skipIf(block === undefined)('convolution by tiles', () => {
  it('agrees with the direct kernel on any even map, with bias, sum and ReLU', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, async shape => {
        const [direct, tiles] = await bothWays(shape, block ?? 8);
        const largest = direct.reduce((max, y) => Math.max(max, Math.abs(y)), 0);
        const worst = direct.reduce((max, y, i) => Math.max(max, Math.abs(y - (tiles[i] ?? Number.NaN))), 0);
        expect(worst / largest).toBeLessThan(TOLERANCE);
      }),
      { numRuns: 40, seed: 1 },
    );
  });
});

describe('suitsTiles', () => {
  const window: Window = { size: [3, 3], stride: [1, 1], padding: [1, 1, 1, 1] };
  const x = (height: number, width: number, channels = 128): Value => ({
    name: 'x',
    shape: [1, channels, height, width],
    type: 'float32',
  });

  it('takes wide 3x3 convolutions on even maps of more than one tile', () => {
    expect(suitsTiles(window, x(8, 4), 256)).toBe(true);
  });

  it.each([
    ['another size', { ...window, size: [1, 1] as const }, x(8, 8), 128],
    ['a stride', { ...window, stride: [2, 2] as const }, x(8, 8), 128],
    ['no padding', { ...window, padding: [0, 0, 0, 0] as const }, x(8, 8), 128],
    ['an odd map', window, x(7, 8), 128],
    ['a single tile', window, x(2, 2), 128],
    ['few channels', window, x(8, 8, 64), 128],
    ['few filters', window, x(8, 8), 64],
  ])('leaves %s to the direct kernel', (_, other, input, filters) => {
    expect(suitsTiles(other, input, filters)).toBe(false);
  });
});
