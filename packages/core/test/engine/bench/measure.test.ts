import { describe, expect, it } from 'vitest';
import { type BenchRow, benchmark, speedRatios } from '../../../src/engine/bench/benchmark.js';
import { placements } from '../../../src/engine/bench/contenders.js';
import { type Contender, geometricMean, measure, median } from '../../../src/engine/bench/measure.js';
import { benchNets, benchNetwork, stepOperations } from '../../../src/engine/bench/nets.js';
import { multiplyAdds } from '../../../src/network/index.js';

/** Takes turns in seconds per step. */
function pretender(engine: string, paces: readonly number[], log: string[], processes = 1): Contender {
  return {
    engine,
    threads: 1,
    processes,
    async start() {
      let turn = 0;
      return {
        async run(steps) {
          log.push(engine);
          return steps * (paces[turn++ % paces.length] ?? 1);
        },
        stop: () => log.push(`${engine} stops`),
      };
    },
  };
}

const options = { roundSeconds: 1, rounds: 3 };

describe('measure', () => {
  it('lets contenders take turns, and takes the median after a warm-up', async () => {
    const log: string[] = [];
    const speeds = await measure(
      [pretender('a', [9, 0.25, 0.1, 0.5, 0.2], log), pretender('b', [1], log)],
      options,
    );
    expect(speeds).toEqual([5, 1]);
    expect(log.join(' ')).toBe('a a b b a b b a a b a stops b stops');
  });

  it('fills a round with as many steps as fit, at least one', async () => {
    const asked: number[] = [];
    const counting = (pace: number): Contender => ({
      ...pretender('a', [pace], []),
      start: async () => ({
        run: async steps => {
          asked.push(steps);
          return steps * pace;
        },
        stop: () => {},
      }),
    });
    await measure([counting(0.2), counting(30)], { roundSeconds: 2, rounds: 1 });
    expect(asked).toEqual([1, 1, 1, 1, 10, 1]);
  });

  it('stops those that have started where one cannot', async () => {
    const log: string[] = [];
    const broken = { ...pretender('b', [], log), start: () => Promise.reject(new Error('no such net')) };
    await expect(measure([pretender('a', [1], log), broken], options)).rejects.toThrow('no such net');
    expect(log).toEqual(['a stops']);
  });

  it('adds up over processes', async () => {
    expect(await measure([pretender('a', [0.5], [], 3)], options)).toEqual([6]);
  });
});

describe('benchmark', () => {
  it('counts images and operations', async () => {
    const [net] = benchNets;
    if (!net) throw new Error('no nets');
    const rows: BenchRow[] = [];
    for await (const row of benchmark([net], () => [pretender('a', [0.5], [])], options)) rows.push(row);
    const operations = stepOperations(benchNetwork(net));
    expect(rows).toEqual([
      {
        net: net.name,
        batch: net.batchSize,
        engine: 'a',
        threads: 1,
        processes: 1,
        imagesPerSecond: 2 * net.batchSize,
        gflops: (2 * net.batchSize * operations) / 1e9,
      },
    ]);
  });

  it('compares the best placements', () => {
    const row = (engine: string, imagesPerSecond: number): BenchRow => ({
      net: 'net',
      batch: 1,
      engine,
      threads: 1,
      processes: 1,
      imagesPerSecond,
      gflops: 0,
    });
    const rows = [row('onnx', 3), row('onnx', 6), row('torch', 4), row('torch', 2)];
    expect(speedRatios(rows, 'onnx', 'torch').get('net')).toBe(1.5);
  });
});

it('a step costs three passes, two where the image is read', () => {
  for (const net of benchNets.map(benchNetwork)) {
    const first = net.nodes[0]?.multiplyAdds ?? 0;
    expect(stepOperations(net)).toBe(6 * multiplyAdds(net) - 2 * first);
  }
});

it('medians and means', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(geometricMean([2, 8])).toBeCloseTo(4, 12);
});

it('one core has one placement', () => {
  expect(placements(1)).toEqual([{ threads: 1, processes: 1 }]);
  expect(placements(2)).toHaveLength(2);
});
