import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Images, openDataSet, shapes } from '@strata/core/data';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { jpeg, writePhotoFolder } from '../../../core/test/data/photos.js';
import { pictureOf } from '../../src/collect/pictures.js';

let photos: Images;
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strata-pictures-'));
  await writePhotoFolder(folder, ['a', 'b']);
  await writeFile(join(folder, 'val', 'a', '1.jpg'), await jpeg(300, 150));
  const { dataSet } = await openDataSet('image-folder', { dataDir: folder, env: {} });
  await writeFile(join(folder, 'val', 'b', '0.jpg'), 'no picture any more');
  photos = dataSet.test;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('a photograph is shown by its middle, small, the same twice', async () => {
  const picture = await pictureOf(photos, 1);
  expect(picture?.shape).toEqual([3, 72, 72]);
  // Red grows to the right over the whole width, of which the middle half is left.
  const row = picture?.pixels.subarray(36 * 72, 37 * 72);
  expect(row?.[0]).toBeGreaterThan(55);
  expect(row?.[71]).toBeLessThan(200);
  expect(await pictureOf(photos, 1)).toEqual(picture);
});

it('one that cannot be read is left out', async () => {
  expect(await pictureOf(photos, 2)).toBeNull();
});

it('an image is shown as it is, a large one smaller', async () => {
  const small = shapes({ shape: [3, 32, 32] }).test;
  expect(await pictureOf(small, 3)).toEqual({ shape: [3, 32, 32], pixels: small.pixels(3) });
  const large = { ...small, shape: [1, 100, 50] as const, pixels: () => new Uint8Array(5000).fill(9) };
  const picture = await pictureOf(large, 0);
  expect(picture).toEqual({ shape: [1, 72, 36], pixels: new Uint8Array(72 * 36).fill(9) });
});
