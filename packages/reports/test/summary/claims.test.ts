import { claimOf } from '@strata/experiments/papers';
import { describe, expect, it } from 'vitest';
import { claimRows, pairedSeeds } from '../../src/summary/index.js';
import { experiment, syntheticResults } from '../synthetic.js';

describe('claimRows', () => {
  it('records every claim of the experiment in the words of the papers file, without a verdict', () => {
    const rows = claimRows(syntheticResults());
    expect(rows.map(row => row.id)).toEqual(experiment.claims);
    for (const row of rows) {
      expect(row.statement).toBe(claimOf('vgg', row.id).statement);
      expect(row).toMatchObject({ verdict: null, difference: null, interval: null, n: 3, needed: 8 });
    }
  });
});

describe('pairedSeeds', () => {
  it('counts seeds that every variant has', () => {
    const results = syntheticResults({
      seeds: 4,
      stateOf: (variant, seed) => (variant === 'B' && seed === 2 ? 'failed' : 'done'),
    });
    expect(pairedSeeds(results)).toEqual([0, 1, 3]);
  });

  it('has none while a variant is missing', () => {
    expect(pairedSeeds(syntheticResults({ without: ['E'] }))).toEqual([]);
  });
});
