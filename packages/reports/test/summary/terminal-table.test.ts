import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixed } from '../../src/format/index.js';
import { summaryRows, terminalTable } from '../../src/summary/index.js';
import { mixedResults, syntheticResults } from '../synthetic.js';

const results = {
  full: syntheticResults(),
  single: syntheticResults({ seeds: 1 }),
  none: syntheticResults({ seeds: 0 }),
  mixed: mixedResults(),
};

describe('terminalTable', () => {
  it.each([60, 80, 160])('fits %i columns with every number whole', width => {
    for (const given of Object.values(results)) {
      const text = terminalTable(given, width);
      const lines = text.split('\n');
      expect(Math.max(...lines.map(line => [...line].length))).toBeLessThanOrEqual(width);
      for (const { variant, mean, n } of summaryRows(given)) {
        const line = lines.find(candidate => candidate.startsWith(`${variant} `)) ?? '';
        expect(line).toContain(mean === null ? '-' : fixed(mean, 2));
        expect(line.split(/\s{2,}/)).toContain(String(n));
      }
    }
  });

  it('shows what is missing, what failed, and the data that stood in', () => {
    const text = terminalTable(mixedResults(), 160);
    expect(text).toContain('cifar10 was not found');
    expect(text).toMatch(/^A-LRN .* 2 {2}\S+ {2}2\/3, 1 failed$/m);
    expect(text).toMatch(/^D +27\.0 +- +0 +- +0\/3, 1 running$/m);
    expect(text).toMatch(/^E .*not planned$/m);
  });

  it('lets no control character through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), noise => {
        const text = terminalTable(syntheticResults({ seeds: 1, hostile: `\u001b[31m${noise}\u0007` }), 80);
        expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
      }),
      { numRuns: 30 },
    );
  });
});
