import type { ExperimentResults } from '@strata/experiments/collect';
import { type Interval, mean, median, tInterval } from '../statistics/index.js';

type Timing = ExperimentResults['timings'][number];
type TimedStep = Timing['steps'][number];

/** A variant's training step in one measurement. */
export interface TimingRow {
  /** Processor or GPU, threads, and what computed. */
  readonly device: string;
  readonly measured: string;
  readonly load: number;
  readonly variant: string;
  readonly batchSize: number;
  /** Turns. */
  readonly n: number;
  /** Median over the turns, of one step. */
  readonly seconds: number;
  /** What the ratio is to: the measurement's first variant. */
  readonly base: string;
  /** Of its time to the base's: geometric mean over turns, and the 95 % t-interval of the log ratios. */
  readonly ratio: number;
  readonly interval: Interval | null;
}

/** Every timed step, by measurement, the newest first, then in the experiment's order. */
export function timingRows({ timings, variants }: ExperimentResults): readonly TimingRow[] {
  return timings.flatMap(timing => {
    const steps = variants.flatMap(({ name }) => timedIn(timing, name) ?? []);
    return steps.map(step => rowOf(timing, step, steps[0] as TimedStep));
  });
}

function rowOf(timing: Timing, { variant, batchSize, seconds }: TimedStep, base: TimedStep): TimingRow {
  const logRatios = seconds.map((own, i) => Math.log(own / (base.seconds[i] ?? Number.NaN)));
  const spread = logRatios.length > 1 && variant !== base.variant ? tInterval(logRatios) : null;
  return {
    device: deviceOf(timing),
    measured: timing.measured,
    load: timing.load,
    variant,
    batchSize,
    n: seconds.length,
    seconds: median(seconds),
    base: base.variant,
    ratio: Math.exp(mean(logRatios)),
    interval: spread && [Math.exp(spread[0]), Math.exp(spread[1])],
  };
}

export function timedIn({ steps }: Timing, variant: string): TimedStep | undefined {
  return steps.find(step => step.variant === variant);
}

export function deviceOf({ environment }: Timing): string {
  const { cpu, threads, engine, engineVersion } = environment;
  const count = threads === null ? '' : `, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  return `${cpu}${count}, ${engine} ${engineVersion}`;
}

/** Another process wanted half a core or more: times are those of a shared machine. */
const BUSY = 0.5;

export function isBusy({ load }: Pick<Timing, 'load'>): boolean {
  return load >= BUSY;
}
