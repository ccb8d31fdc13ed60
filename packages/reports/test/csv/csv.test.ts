import type { ExperimentResults } from '@strata/experiments/collect';
import { describe, expect, it } from 'vitest';
import { csvFiles } from '../../src/csv/index.js';
import { mixedResults, syntheticResults } from '../synthetic.js';

/** Lines of a file without quoted fields, by column. */
function parse(csv: string): readonly Readonly<Record<string, string>>[] {
  const [head = '', ...lines] = csv.trimEnd().split('\n');
  const names = head.split(',');
  return lines.map(line => Object.fromEntries(line.split(',').map((field, i) => [names[i] ?? '', field])));
}

const written = (name: string) => (results: ExperimentResults) =>
  csvFiles.find(file => file.name === name)?.write(results) ?? '';
const runsCsv = written('runs.csv');
const variantsCsv = written('variants.csv');

describe('the columns', () => {
  it.each(csvFiles)('of $name have a name for programs, said once, and a meaning', ({ columns }) => {
    const names = columns.map(column => column.name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, description } of columns) {
      expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(description).toMatch(/\S/);
    }
  });
});

describe('runsCsv', () => {
  it('has one row a planned run, with unrounded errors and empty fields for what is missing', () => {
    const results = mixedResults();
    const rows = parse(runsCsv(results));
    expect(rows).toHaveLength(15);
    const [first] = rows;
    expect(Number(first?.test_top1_error)).toBe(results.variants[0]?.runs[0]?.test?.top1Error);
    const failed = rows.find(row => row.state === 'failed');
    expect(failed).toMatchObject({
      variant: 'A-LRN',
      seed: '2',
      test_top1_error: '',
      reason: 'the engine ran out of memory',
    });
    expect(rows.find(row => row.state === 'planned')).toMatchObject({ seconds: '', finished: '' });
  });

  it('writes no text that a spreadsheet takes for a formula', () => {
    const results = { ...syntheticResults({ seeds: 1 }) };
    const variants = results.variants.map(variant => ({ ...variant, name: '=1+2' }));
    expect(runsCsv({ ...results, variants })).toContain(",'=1+2,");
  });

  it('quotes what would break a row', () => {
    const csv = runsCsv(syntheticResults({ seeds: 1, hostile: ',"\n' }));
    expect(csv).toContain('"A,""\n"');
  });
});

describe('variantsCsv', () => {
  it('has one row a variant; a negative difference stays a number', () => {
    const results = syntheticResults();
    const better = results.variants.map(variant => ({
      ...variant,
      paper: { ...variant.paper, top1Error: 99 },
    }));
    const rows = parse(variantsCsv({ ...results, variants: better }));
    expect(rows).toHaveLength(6);
    expect(Number(rows[0]?.top1_difference)).toBeLessThan(0);
    expect(rows[0]).toMatchObject({ n: '3', planned: '3', done: '3', paper_top1_error: '99' });
  });
});
