import { describe, expect, it } from 'vitest';
import { renderExperimentPage } from '../../src/html/index.js';
import {
  byData,
  markdownTable,
  summaryRows,
  terminalTable,
  variantSettings,
} from '../../src/summary/index.js';
import { mixedResults, syntheticResults } from '../synthetic.js';
import { brokenReferences } from './references.js';

/** D and E on other data, B with a longer training, C without augmentation. */
const results = syntheticResults({
  own: {
    D: { dataset: 'cifar100' },
    E: { dataset: 'cifar100' },
    B: { recipe: { epochs: 20 } },
    C: { recipe: { augmentation: [] } },
  },
});

describe('variants that differ by data and recipe', async () => {
  const page = await renderExperimentPage({ results });

  it('share no table of errors, no chart and no ranking with those of other data', () => {
    const groups = byData(results).map(group => [
      group.dataset.name,
      summaryRows(group).map(row => row.variant),
    ]);
    expect(groups).toEqual([
      ['shapes', ['A', 'A-LRN', 'B', 'C']],
      ['cifar100', ['D', 'E']],
    ]);
    const tables = page.split('<strong>Errors on ').slice(1);
    const rowsOf = (table = '') =>
      [...table.slice(0, table.indexOf('</table>')).matchAll(/<th scope="row">([^<]*)/g)].map(
        ([, name]) => name,
      );
    expect(tables.map(rowsOf)).toEqual([
      ['A', 'A-LRN', 'B', 'C'],
      ['D', 'E'],
    ]);
    for (const [, text = ''] of page.matchAll(/<desc>([^<]*)<\/desc>/g)) {
      expect(/\bA-LRN: /.test(text) && /\bE: /.test(text)).toBe(false);
    }
    expect(page.includes('2 variants: too few, at least 5 are needed')).toBe(true);
    expect(/mix data sets: shapes \([0-9a-f]+\), cifar100/.test(page)).toBe(true);
    expect(brokenReferences(page)).toEqual([]);
  });

  it('are told apart by the settings that they do not share', () => {
    const { names, rows } = variantSettings(results);
    expect(names).toEqual(['model', 'data', 'epochs', 'augmentation']);
    expect(rows.find(({ variant }) => variant === 'B')?.settings.epochs).toBe('20');
    expect(rows.find(({ variant }) => variant === 'C')?.settings.augmentation).toBe('none');
    expect(page.includes('What differs between the variants')).toBe(true);
    // Rates drop at other epochs for B than for the others on its data.
    const hasDrops = (title: string): boolean =>
      (page.split(`<figcaption>${title}</figcaption>`)[1] ?? '').split('</svg>')[0]?.includes('rate ×0.1') ===
      true;
    expect(['Training loss on shapes', 'Training loss on cifar100'].map(hasDrops)).toEqual([false, true]);
  });

  it('name their data in text tables too', () => {
    expect(terminalTable(results, 100)).toMatch(/E +cifar100 /);
    expect(markdownTable(results)).toMatch(/\| E \| cifar100 \|/);
    expect(terminalTable(syntheticResults(), 100)).not.toMatch(/^variant +data/m);
  });
});

it('results of one data set are one group, whatever is missing of them', () => {
  for (const given of [syntheticResults(), mixedResults(), syntheticResults({ seeds: 0 })]) {
    expect(byData(given)).toEqual([given]);
  }
});
