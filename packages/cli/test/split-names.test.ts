import { expect, it } from 'vitest';
import { splitNames } from '../src/experiment-options.js';

it('splits names at commas, but not at those of a block type', () => {
  expect(splitNames('A,A-LRN')).toEqual(['A', 'A-LRN']);
  expect(splitNames('B(3,3),B(1,3,1)')).toEqual(['B(3,3)', 'B(1,3,1)']);
});
