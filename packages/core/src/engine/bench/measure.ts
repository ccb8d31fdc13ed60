/** A process that trains one net, idle until asked for steps. */
export interface Runner {
  /** Trains for so many steps and says how many seconds they took. */
  run(steps: number): Promise<number>;
  stop(): void;
}

/** One way to train a net: an engine with a number of threads, in one process or several at once. */
export interface Contender {
  readonly engine: string;
  readonly threads: number;
  readonly processes: number;
  start(): Promise<Runner>;
}

export interface MeasureOptions {
  /** Steps before the clock starts, and in each timed round. */
  readonly warmUp: number;
  readonly steps: number;
  readonly rounds: number;
}

/**
 * Steps per second of each contender, added up over its processes: the median of several rounds in which all take
 * turns, so that a machine that slows down slows all of them.
 */
export async function measure(
  contenders: readonly Contender[],
  { warmUp, steps, rounds }: MeasureOptions,
): Promise<readonly number[]> {
  const teams = await Promise.all(
    contenders.map(({ start, processes }) => Promise.all(Array.from({ length: processes }, () => start()))),
  );
  try {
    const speeds: number[][] = contenders.map(() => []);
    for (let round = -1; round < rounds; round++) {
      for (const [i, team] of teams.entries()) {
        const count = round < 0 ? warmUp : steps;
        const seconds = await Promise.all(team.map(runner => runner.run(count)));
        if (round >= 0) speeds[i]?.push(seconds.reduce((sum, time) => sum + count / time, 0));
      }
    }
    return speeds.map(median);
  } finally {
    for (const runner of teams.flat()) runner.stop();
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}
