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
  /** How long a round of one contender takes, about; at least one step. */
  readonly roundSeconds: number;
  readonly rounds: number;
}

/** So many steps of one contender, and the seconds that each of its processes took for them. */
export interface Turn {
  readonly steps: number;
  readonly seconds: readonly number[];
}

/** Steps per second of each contender, added up over its processes: the median over its turns. */
export async function measure(
  contenders: readonly Contender[],
  options: MeasureOptions,
): Promise<readonly number[]> {
  const turns = await takeTurns(contenders, options);
  const speedOf = ({ steps, seconds }: Turn): number => seconds.reduce((sum, time) => sum + steps / time, 0);
  return turns.map(own => median(own.map(speedOf)));
}

/**
 * The turns of each contender. In every round all take one, so that a machine that slows down slows all of them; every
 * second round goes backwards, so that nobody always comes after the same one. Two steps go before: one to warm up, one
 * to see how many steps fill a round.
 */
export async function takeTurns(
  contenders: readonly Contender[],
  { roundSeconds, rounds }: MeasureOptions,
): Promise<readonly (readonly Turn[])[]> {
  const teams = await startTeams(contenders);
  const timed = (team: readonly Runner[], steps: number): Promise<readonly number[]> =>
    Promise.all(team.map(runner => runner.run(steps)));
  try {
    const counts: number[] = [];
    for (const team of teams) {
      await timed(team, 1);
      counts.push(Math.max(1, Math.round(roundSeconds / Math.max(...(await timed(team, 1))))));
    }
    const turns: Turn[][] = contenders.map(() => []);
    for (let round = 0; round < rounds; round++) {
      const order = [...teams.entries()];
      for (const [i, team] of round % 2 === 0 ? order : order.reverse()) {
        const steps = counts[i] ?? 1;
        turns[i]?.push({ steps, seconds: await timed(team, steps) });
      }
    }
    return turns;
  } finally {
    for (const runner of teams.flat()) runner.stop();
  }
}

/** Where one cannot start, those that have are stopped. */
async function startTeams(contenders: readonly Contender[]): Promise<readonly (readonly Runner[])[]> {
  const started: Runner[] = [];
  const begin = async ({ start }: Contender): Promise<Runner> => {
    const runner = await start();
    started.push(runner);
    return runner;
  };
  const teams = contenders.map(contender =>
    Promise.all(Array.from({ length: contender.processes }, () => begin(contender))),
  );
  const outcomes = await Promise.allSettled(teams);
  if (outcomes.some(({ status }) => status === 'rejected')) for (const runner of started) runner.stop();
  return Promise.all(teams);
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
