import { expect, it } from 'vitest';
import { renderLivePage } from '../../src/html/index.js';
import { mixedResults, syntheticResults } from '../synthetic.js';
import { brokenReferences } from './references.js';

it('several tables under way share a page: each id once, every reference leads somewhere', async () => {
  const tables = [
    mixedResults(),
    syntheticResults({ stateOf: (_, seed) => (seed === 0 ? 'running' : 'done') }),
  ];
  const page = await renderLivePage(tables);
  expect(page.match(/<h2>Learning curves<\/h2>/g)).toHaveLength(2);
  expect(brokenReferences(page)).toEqual([]);
  expect(await renderLivePage(tables)).toBe(page);
});
