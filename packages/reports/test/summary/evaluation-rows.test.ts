import { describe, expect, it } from 'vitest';
import { evaluationRows, isTestedOtherwise } from '../../src/summary/index.js';
import { mixedResults, syntheticResults } from '../synthetic.js';

describe('evaluationRows', () => {
  it('has a row for each way of testing a variant or an ensemble, by way', () => {
    const rows = evaluationRows(syntheticResults());
    expect(rows).toHaveLength(14);
    expect(rows.slice(0, 7).map(row => row.evaluation)).toEqual(Array.from({ length: 7 }, () => 'whole'));
    expect(rows[6]).toMatchObject({ tested: 'A and B', isEnsemble: true, n: 1, interval: null, mean: 40 });
    expect(rows[7]).toMatchObject({ tested: 'A', evaluation: 'ten-crop', paper: 27, n: 3, planned: 3 });
    expect(isTestedOtherwise(rows)).toBe(true);
    expect(isTestedOtherwise(rows.slice(0, 6))).toBe(false);
  });

  it('counts only what was tested', () => {
    const row = evaluationRows(mixedResults()).find(({ tested }) => tested === 'A-LRN');
    expect(row).toMatchObject({ n: 2, planned: 3 });
    const none = evaluationRows(syntheticResults({ stateOf: () => 'planned' }));
    expect(none[0]).toMatchObject({ mean: null, interval: null, n: 0, planned: 3 });
  });
});
