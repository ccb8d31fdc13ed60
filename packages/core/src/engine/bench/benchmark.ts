import { type Contender, type MeasureOptions, measure } from './measure.js';
import { type BenchNet, benchNetwork, stepOperations } from './nets.js';

export interface BenchRow {
  readonly net: string;
  readonly batch: number;
  readonly engine: string;
  readonly threads: number;
  readonly processes: number;
  /** Summed over processes. */
  readonly imagesPerSecond: number;
  readonly gflops: number;
}

/** Times a training step of each net with each contender. One net at a time: only its processes are alive. */
export async function* benchmark(
  nets: readonly BenchNet[],
  contendersFor: (net: BenchNet) => readonly Contender[],
  options: MeasureOptions,
): AsyncGenerator<BenchRow> {
  for (const net of nets) {
    const contenders = contendersFor(net);
    const operations = stepOperations(benchNetwork(net));
    const speeds = await measure(contenders, options);
    for (const [i, { engine, threads, processes }] of contenders.entries()) {
      const imagesPerSecond = (speeds[i] ?? Number.NaN) * net.batchSize;
      const gflops = (imagesPerSecond * operations) / 1e9;
      yield { net: net.name, batch: net.batchSize, engine, threads, processes, imagesPerSecond, gflops };
    }
  }
}

/** How much faster one engine's best placement is than another's, by net. */
export function speedRatios(
  rows: readonly BenchRow[],
  engine: string,
  versus: string,
): ReadonlyMap<string, number> {
  const best = (net: string, name: string): number =>
    Math.max(...rows.filter(row => row.net === net && row.engine === name).map(row => row.imagesPerSecond));
  return new Map(
    [...new Set(rows.map(({ net }) => net))].map(net => [net, best(net, engine) / best(net, versus)]),
  );
}
