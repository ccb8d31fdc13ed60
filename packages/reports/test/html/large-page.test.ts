import { describe, expect, it } from 'vitest';
import { renderExperimentPage } from '../../src/html/index.js';
import { exhibitsOf, syntheticResults } from '../synthetic.js';

/** As many runs as the largest table here could have: 6 variants of 84 seeds, 30 epochs each. */
const results = syntheticResults({ profileName: 'reduced', seeds: 84 });

describe('a page for 500 runs', () => {
  it('stays under two megabytes', async () => {
    const runs = results.variants.flatMap(variant => variant.runs);
    expect(runs.length).toBeGreaterThan(500);
    const page = await renderExperimentPage({ results, exhibits: exhibitsOf(results) });
    expect(Buffer.byteLength(page)).toBeLessThan(2_000_000);
  });
});
