import { describe, expect, it } from 'vitest';
import { mean, tInterval } from '../../src/statistics/index.js';
import { drawnInterval, stateInWords, summaryRows } from '../../src/summary/index.js';
import { experiment, mixedResults, syntheticResults } from '../synthetic.js';

const rowOf = (results = mixedResults(), variant = 'A') => {
  const row = summaryRows(results).find(candidate => candidate.variant === variant);
  if (!row) throw new Error(`no row ${variant}`);
  return row;
};

describe('summaryRows', () => {
  it.each([0, 1, 3])('has one row a variant, with n = %i', seeds => {
    const results = syntheticResults({ seeds });
    const rows = summaryRows(results);
    expect(rows.map(row => row.variant)).toEqual(experiment.variants.map(variant => variant.name));
    for (const [i, row] of rows.entries()) {
      const errors = results.variants[i]?.runs.map(run => run.test?.top1Error ?? Number.NaN) ?? [];
      expect(row.n).toBe(seeds);
      expect(row.mean).toBe(seeds === 0 ? null : mean(errors));
      expect(row.interval).toEqual(seeds < 2 ? null : tInterval(errors));
      expect(row.difference).toBe(row.mean === null || row.paper === null ? null : row.mean - row.paper);
    }
  });

  it('leaves failed runs out, and says so', () => {
    const row = rowOf(mixedResults(), 'A-LRN');
    expect(row.n).toBe(2);
    expect(row.seeds.map(({ seed }) => seed)).toEqual([0, 1]);
    expect(stateInWords(row)).toBe('2 of 3 done, 1 failed');
  });

  it('keeps diverged runs in', () => {
    const row = rowOf(mixedResults(), 'C');
    expect(row.n).toBe(3);
    expect(row.seeds[1]?.top1Error).toBe(90);
    expect(stateInWords(row)).toBe('2 of 3 done, 1 diverged');
  });

  it('takes a number that is none for missing', () => {
    const results = syntheticResults({ seeds: 2 });
    const broken = results.variants.map(variant => ({
      ...variant,
      runs: variant.runs.map(run => ({
        ...run,
        trainLoss: Number.NaN,
        test: run.seed === 0 && run.test ? { ...run.test, top1Error: Number.NaN } : run.test,
      })),
    }));
    const row = rowOf({ ...results, variants: broken });
    expect(row.n).toBe(1);
    expect(row.interval).toBeNull();
    expect(row.trainLoss).toBeNull();
  });

  it('shows variants without a result, and those not planned, as missing', () => {
    expect(rowOf(mixedResults(), 'D')).toMatchObject({ n: 0, mean: null, difference: null, paper: 27 });
    expect(stateInWords(rowOf(mixedResults(), 'D'))).toBe('0 of 3 done, 1 running');
    const left = rowOf(mixedResults(), 'E');
    expect(left).toMatchObject({ n: 0, planned: 0, parameters: null });
    expect(stateInWords(left)).toBe('not planned');
  });
});

describe('drawnInterval', () => {
  it('stays between 0 and 100 percent', () => {
    expect(drawnInterval({ interval: [-3, 120] })).toEqual([0, 100]);
    expect(drawnInterval({ interval: [3, 12] })).toEqual([3, 12]);
    expect(drawnInterval({ interval: null })).toBeNull();
  });
});
