import { describe, expect, it } from 'vitest';
import { curveMetrics, curvesOf } from '../../src/summary/index.js';
import { mixedResults, syntheticResults } from '../synthetic.js';

describe('curvesOf', () => {
  it.each(Object.keys(curveMetrics))('gives median and range of %s by epoch', name => {
    const metric = Object.entries(curveMetrics).find(([key]) => key === name)?.[1];
    if (!metric) throw new Error(name);
    const results = syntheticResults();
    const { points } = curvesOf(results, metric);
    expect(points).toHaveLength(6 * 10);
    const values = results.variants[0]?.runs.map(run => {
      const event = run.events.find(candidate => candidate.type === 'epoch' && candidate.epoch === 4);
      return event?.type === 'epoch' ? (metric.valueOf(event) ?? Number.NaN) : Number.NaN;
    });
    const [low, middle, high] = (values ?? []).sort((a, b) => a - b);
    expect(points[3]).toEqual({ variant: 'A', epoch: 4, median: middle, low, high, n: 3 });
  });

  it('counts the runs that reached an epoch', () => {
    const { points, divergences } = curvesOf(mixedResults(), curveMetrics.trainLoss);
    const counts = (variant: string) =>
      points.filter(point => point.variant === variant).map(point => point.n);
    expect(counts('C')).toEqual([3, 3, 3, 3, 2, 2, 2, 2, 2, 2]);
    expect(counts('D')).toEqual([1, 1, 1, 1]);
    expect(counts('E')).toEqual([]);
    expect(divergences).toMatchObject([{ variant: 'C', epoch: 4 }]);
  });

  it('skips epochs whose value is no number, and epochs without a test', () => {
    const results = syntheticResults({ seeds: 1 });
    const variants = results.variants.map(variant => ({
      ...variant,
      runs: variant.runs.map(run => ({
        ...run,
        events: run.events.map(event => {
          if (event.type !== 'epoch' || event.epoch !== 2) return event;
          const { test: _, ...untested } = event;
          return { ...untested, trainLoss: Number.NaN };
        }),
      })),
    }));
    for (const metric of Object.values(curveMetrics)) {
      const { points } = curvesOf({ ...results, variants }, metric);
      expect(points.filter(point => point.variant === 'A').map(point => point.epoch)).toEqual([
        1, 3, 4, 5, 6, 7, 8, 9, 10,
      ]);
    }
  });
});
