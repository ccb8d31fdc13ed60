import { dataSetNames, isOfPhotographs } from '@strata/core/data';
import { expect, it } from 'vitest';

it('tells photographs, which are decoded whenever they are wanted, from pixels', () => {
  const photographs = dataSetNames.filter(isOfPhotographs);
  expect(photographs).toEqual(['imagenette', 'imagenet', 'image-folder', 'image-parquet']);
  expect(isOfPhotographs('no set of this name')).toBe(false);
});
