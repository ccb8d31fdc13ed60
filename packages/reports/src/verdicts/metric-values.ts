import type { EpochEvent } from '@strata/core/training';
import type { Curve, CurveMetric, Metric, RunMetric } from '@strata/experiments/catalog';
import type { CollectedRun } from '@strata/experiments/collect';
import { mean } from '../statistics/index.js';
import { fading, meanResponse } from '../summary/responses.js';
import { isOver } from '../summary/rows.js';

/**
 * A metric of one run that is over; null where it has no finite value. A diverged run counts with its errors as measured:
 * a network that answers NaN is wrong on every image. Its losses are not numbers, so a claim on losses lacks that pair.
 */
export function metricOf(run: CollectedRun, metric: Metric): number | null {
  if (!isOver(run)) return null;
  const value = typeof metric === 'string' ? runMetric[metric](run) : featureOf(run, metric);
  return value !== null && value !== undefined && Number.isFinite(value) ? value : null;
}

const runMetric: Readonly<Record<RunMetric, (run: CollectedRun) => number | null | undefined>> = {
  top1Error: ({ test }) => test?.top1Error,
  top5Error: ({ test }) => test?.top5Error,
  trainError: ({ train }) => train?.top1Error,
  gap: ({ test, train }) => test && train && test.top1Error - train.top1Error,
  testLoss: ({ test }) => test?.loss,
  trainLoss: ({ train }) => train?.loss,
  response: ({ responses }) => responses && meanResponse(responses),
  fading: ({ responses }) => responses && fading(responses),
};

const curveValue: Readonly<Record<Curve, (event: EpochEvent) => number | null | undefined>> = {
  trainLoss: event => event.trainLoss,
  trainError: event => event.trainTop1Error,
  testError: event => event.test?.top1Error,
};

/** A curve's finite values by epoch, from 1. */
export function curveOf({ events }: CollectedRun, curve: Curve): ReadonlyMap<number, number> {
  const values = new Map<number, number>();
  for (const event of events) {
    if (event.type !== 'epoch') continue;
    const value = curveValue[curve](event);
    if (typeof value === 'number' && Number.isFinite(value)) values.set(event.epoch, value);
  }
  return values;
}

function featureOf(run: CollectedRun, { curve, from, to, feature }: CurveMetric): number | null {
  const { epochs } = run.run.recipe;
  const points = [...curveOf(run, curve)].map(([epoch, value]) => ({ share: epoch / epochs, value }));
  const after = points.filter(({ share }) => share > from && share <= to).map(({ value }) => value);
  const start = points.filter(({ share }) => share <= from).at(-1)?.value;
  const last = after.at(-1);
  if (last === undefined) return null;
  if (feature === 'mean') return mean(after);
  if (start === undefined) return null;
  return (feature === 'change' ? last : Math.max(...after)) - start;
}
