import { describe, expect, it } from 'vitest';
import { markdownTable } from '../../src/summary/index.js';
import { mixedResults, syntheticResults } from '../synthetic.js';

describe('markdownTable', () => {
  it('has a row a variant, with n and dashes for what is missing', () => {
    const lines = markdownTable(mixedResults()).split('\n');
    expect(lines[0]).toBe('| variant | paper | ours | n | difference | parameters | multiply-adds | runs |');
    expect(lines).toContain('| A | 29.6 | 53.79 ± 2.82 | 3 | +24.19 | 585 k | 9.70 M | 3 of 3 done |');
    expect(lines.find(line => line.startsWith('| D |'))).toMatch(
      /\| – \| 0 \| – \|.*0 of 3 done, 1 running \|$/,
    );
  });

  it('keeps names of a store from being markup', () => {
    const table = markdownTable(syntheticResults({ seeds: 1, hostile: '|[x](y)<b>\n# `' }));
    const rows = table.split('\n').slice(2, 8);
    for (const row of rows) expect(row.replace(/\\\|/g, '').split('|')).toHaveLength(10);
    expect(table.split('\n    ')[0]).not.toMatch(/(?<!\\)<b>|\n#/);
  });
});
