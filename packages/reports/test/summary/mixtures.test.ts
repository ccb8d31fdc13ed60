import { describe, expect, it } from 'vitest';
import { renderExperimentPage } from '../../src/html/index.js';
import { cautionsOf, summaryRows } from '../../src/summary/index.js';
import { mixedResults, syntheticResults } from '../synthetic.js';

/** Results in which the last run of every variant was computed by another engine. */
function mixedEngines() {
  const results = syntheticResults();
  const variants = results.variants.map(variant => ({
    ...variant,
    runs: variant.runs.map((run, i, all) =>
      i < all.length - 1 ? run : { ...run, run: { ...run.run, engine: 'onnx' } },
    ),
  }));
  return { ...results, variants };
}

describe('runs that do not belong together', () => {
  it('are shown one by one, and never averaged', () => {
    for (const row of summaryRows(mixedEngines())) {
      expect(row).toMatchObject({ mean: null, interval: null, difference: null, seconds: null, n: 3 });
      expect(row.mixed).toBe('engines: wasm, onnx');
      expect(row.seeds).toHaveLength(3);
    }
  });

  it('are named on the page', async () => {
    const page = await renderExperimentPage({ results: mixedEngines() });
    expect(page).toContain('not averaged: mixed engines: wasm, onnx');
    expect(page).toContain('These runs mix engines: wasm, onnx.');
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('are cautioned of where rows stand on different seeds', () => {
    expect(cautionsOf(mixedResults()).join()).toContain('n: A 3, A-LRN 2, B 3, C 3');
    expect(cautionsOf(syntheticResults())).toEqual([]);
  });
});
