import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseRows } from '../../src/live/choose-rows.js';
import { isActive, type RunRow } from '../../src/live/run-row.js';
import { anyRows, row } from './rows.js';

const many = (state: RunRow['state'], count: number): readonly RunRow[] =>
  Array.from({ length: count }, (_, i) =>
    row({ id: `${state} ${i}`, name: `${state} ${i}`, state, changed: i }),
  );

function chosen(rows: readonly RunRow[], lines: number): readonly string[] {
  return chooseRows(rows, lines).map(line => ('row' in line ? line.row.name : `+${line.more.length}`));
}

describe('more runs than lines', () => {
  const rows = [...many('waiting', 30), ...many('done', 50), ...many('running', 2)];

  it('shows what runs, the last that are done and the next that wait', () => {
    expect(chosen(rows, 8)).toEqual([
      '+48',
      'done 48',
      'done 49',
      'running 0',
      'running 1',
      'waiting 0',
      'waiting 1',
      '+28',
    ]);
  });

  it('shows what runs alone where there is room for no more', () => {
    expect(chosen(rows, 2)).toEqual(['running 0', 'running 1']);
    expect(chosen(rows, 1)).toEqual(['+2']);
    expect(chosen(many('running', 5), 3)).toEqual(['running 0', 'running 1', '+3']);
  });

  it('keeps failures in sight', () => {
    const old = row({ name: 'broken', state: 'failed', changed: -1 });
    expect(chosen([old, ...many('done', 50)], 4)).toEqual(['+48', 'broken', 'done 48', 'done 49']);
  });

  it('never takes more lines than there are, nor loses a run that it has room for', () => {
    fc.assert(
      fc.property(anyRows, fc.integer({ min: 0, max: 60 }), (all, lines) => {
        const parts = chooseRows(all, lines);
        expect(parts.length).toBeLessThanOrEqual(lines);
        const shown = parts.flatMap(part => ('row' in part ? [part.row] : []));
        const told = parts.flatMap(part => ('row' in part ? [part.row] : part.more));
        expect(new Set(told).size).toBe(told.length);
        if (all.length <= lines) expect(shown).toHaveLength(all.length);
        const active = all.filter(isActive);
        if (active.length <= lines) expect(shown).toEqual(expect.arrayContaining([...active]));
      }),
    );
  });
});
