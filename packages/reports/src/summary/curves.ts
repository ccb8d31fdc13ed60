import type { EpochEvent } from '@strata/core/training';
import type { CollectedRun, ExperimentResults } from '@strata/experiments/collect';
import { median } from '../statistics/index.js';

export interface CurveMetric {
  readonly title: string;
  readonly unit: string;
  /** Has no upper end: one diverging run could squeeze all others flat. */
  readonly unbounded: boolean;
  valueOf(event: EpochEvent): number | undefined;
}

/** What is drawn by epoch. */
export const curveMetrics = {
  trainLoss: {
    title: 'Training loss',
    unit: 'nats',
    unbounded: true,
    valueOf: event => event.trainLoss,
  },
  testTop1Error: {
    title: 'Test top-1 error',
    unit: 'percent',
    unbounded: false,
    valueOf: event => event.test?.top1Error,
  },
} as const satisfies Record<string, CurveMetric>;

/** One epoch of one variant over its seeds; epochs count from 1. */
export interface CurvePoint {
  readonly variant: string;
  readonly epoch: number;
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

/** One epoch of one run. */
export interface TracePoint {
  readonly variant: string;
  readonly seed: number;
  readonly epoch: number;
  readonly value: number;
}

export interface Curves {
  readonly metric: CurveMetric;
  readonly points: readonly CurvePoint[];
  /** Every run by itself. */
  readonly traces: readonly TracePoint[];
  /** The last finite value of each diverged run. */
  readonly divergences: readonly {
    readonly variant: string;
    readonly epoch: number;
    readonly value: number;
  }[];
}

/** Learning curves of every run that has reported an epoch, unfinished ones included. */
export function curvesOf({ variants }: ExperimentResults, metric: CurveMetric): Curves {
  const traced = variants.map(({ name, runs }) => ({
    variant: name,
    runs: runs.map(run => ({ seed: run.seed, state: run.state, values: valuesByEpoch(run, metric) })),
  }));
  return {
    metric,
    points: traced.flatMap(({ variant, runs }) =>
      pointsOf(
        variant,
        runs.map(run => run.values),
      ),
    ),
    traces: traced.flatMap(({ variant, runs }) =>
      runs.flatMap(({ seed, values }) =>
        [...values].map(([epoch, value]) => ({ variant, seed, epoch, value })),
      ),
    ),
    divergences: traced.flatMap(({ variant, runs }) =>
      runs.flatMap(({ state, values }) => {
        const last = [...values].at(-1);
        return state === 'diverged' && last ? [{ variant, epoch: last[0], value: last[1] }] : [];
      }),
    ),
  };
}

function valuesByEpoch({ events }: CollectedRun, metric: CurveMetric): ReadonlyMap<number, number> {
  const values = new Map<number, number>();
  for (const event of events) {
    if (event.type !== 'epoch') continue;
    const value = metric.valueOf(event);
    // A loss that overflowed is written as null: JSON has no NaN.
    if (typeof value === 'number' && Number.isFinite(value)) values.set(event.epoch, value);
  }
  return values;
}

function pointsOf(variant: string, runs: readonly ReadonlyMap<number, number>[]): readonly CurvePoint[] {
  const epochs = [...new Set(runs.flatMap(values => [...values.keys()]))].sort((a, b) => a - b);
  return epochs.map(epoch => {
    const values = runs.flatMap(run => run.get(epoch) ?? []);
    return {
      variant,
      epoch,
      median: median(values),
      low: Math.min(...values),
      high: Math.max(...values),
      n: values.length,
    };
  });
}
