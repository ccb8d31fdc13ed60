/** When a training is kept. Plain data. */
export interface CheckpointPace {
  /** Least seconds between two checkpoints: within an epoch, and at its end, where little is lost by one. */
  readonly seconds: number;
  readonly epochSeconds: number;
  /** Share of the time that writing may take, at most. */
  readonly share: number;
}

export const usualPace: CheckpointPace = { seconds: 15, epochSeconds: 2, share: 0.01 };

export interface CheckpointClock {
  isDue(isEpochEnd: boolean): boolean;
  /** Takes note of what a write has cost. */
  wrote(milliseconds: number): void;
  /** What was written so far. */
  spent(): { readonly count: number; readonly seconds: number };
}

/** Expected of the first write, before any was measured: a small file, synced. */
const FIRST_COST_MS = 20;

/** Lets a checkpoint wait until its cost, as measured on the last one, fits into the allowed share of the time so far. */
export function checkpointClock(
  pace: CheckpointPace,
  now: () => number = () => performance.now(),
): CheckpointClock {
  const started = now();
  let last = started;
  let spent = 0;
  let count = 0;
  let cost = FIRST_COST_MS;
  return {
    isDue(isEpochEnd) {
      const time = now();
      const wait = 1000 * (isEpochEnd ? pace.epochSeconds : pace.seconds);
      return time - last >= wait && spent + cost <= pace.share * (time - started);
    },
    wrote(milliseconds) {
      spent += milliseconds;
      count++;
      cost = milliseconds;
      last = now();
    },
    spent: () => ({ count, seconds: spent / 1000 }),
  };
}
