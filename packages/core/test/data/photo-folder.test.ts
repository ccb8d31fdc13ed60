import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkDataSet, decodePhoto, type PhotoDataSet } from '@strata/core/data';
import { UsageError } from '@strata/core/errors';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rememberedChecksum } from '../../src/data/checksum-cache.js';
import { imagenetteClassNames } from '../../src/data/imagenet.js';
import { readPhotoFolder } from '../../src/data/photo-folder.js';
import { dataSets } from '../../src/data/registry.js';
import { temporaryFolder } from './cifar10-files.js';
import { realData, writePhotoFolder } from './photos.js';

let base: string;
beforeEach(() => {
  base = temporaryFolder();
});
afterEach(() => rmSync(base, { recursive: true }));

function read(folder: string): Promise<PhotoDataSet> {
  return readPhotoFolder(folder, { name: 'image-folder' });
}

describe('readPhotoFolder', () => {
  it('lists classes and files in order of their names', async () => {
    const folder = await writePhotoFolder(base, ['pear', 'apple', 'Fig']);
    const { classes, train, test, source } = await read(folder);
    expect(classes).toEqual(['Fig', 'apple', 'pear']);
    expect([...train.labels]).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2]);
    expect([...test.labels]).toEqual([0, 0, 1, 1, 2, 2]);
    expect(train.describe(4)).toBe(join(base, 'train', 'apple', '1.jpg'));
    expect(await train.encoded(4)).toEqual(readFileSync(train.describe(4)));
    const photo = await decodePhoto(await train.encoded(4), { what: train.describe(4) });
    expect([photo.width, photo.height]).toEqual([9, 10]);
    expect(source).toBe(base);
    expect(() => train.describe(9)).toThrow(RangeError);
  });

  it('passes over what is no image by its name', async () => {
    const folder = await writePhotoFolder(base, ['a', 'b']);
    for (const name of ['.hidden.jpg', 'notes.txt']) writeFileSync(join(folder, 'train', 'a', name), 'x');
    mkdirSync(join(folder, 'train', '.system'));
    writeFileSync(join(folder, 'train', 'list.csv'), 'x');
    expect((await read(folder)).train.count).toBe(6);
  });

  it('takes test in the place of val', async () => {
    const folder = await writePhotoFolder(base, ['a', 'b']);
    cpSync(join(folder, 'val'), join(folder, 'test'), { recursive: true });
    rmSync(join(folder, 'val'), { recursive: true });
    expect((await read(folder)).test.count).toBe(4);
  });

  it('tells any change of names and bytes by the checksum, and no change of place or time', async () => {
    const folder = await writePhotoFolder(join(base, 'one'), ['a', 'b']);
    const checksums = [(await read(folder)).checksum];
    const copy = join(base, 'copy');
    cpSync(folder, copy, { recursive: true });
    expect((await read(copy)).checksum).toBe(checksums[0]);
    const file = join(copy, 'train', 'b', '1.jpg');
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.with(200, (bytes[200] as number) ^ 1));
    checksums.push((await read(copy)).checksum);
    writeFileSync(file, bytes);
    cpSync(file, join(copy, 'train', 'b', '9.jpg'));
    rmSync(file);
    checksums.push((await read(copy)).checksum);
    expect(new Set(checksums).size).toBe(3);
  });

  it.each<[string, (folder: string) => void, RegExp]>([
    [
      'no training images',
      folder => rmSync(join(folder, 'train'), { recursive: true }),
      /train: it is missing/,
    ],
    [
      'no test images',
      folder => rmSync(join(folder, 'val'), { recursive: true }),
      /neither val nor test is there/,
    ],
    [
      'one class',
      folder => rmSync(join(folder, 'train', 'a'), { recursive: true }),
      /1 class folders, expected at least 2/,
    ],
    [
      'an unknown test class',
      folder => mkdirSync(join(folder, 'val', 'c')),
      /a class folder c, expected only classes/,
    ],
    ['an empty class', folder => mkdirSync(join(folder, 'train', 'c')), /train\/c: no images are there/],
    [
      'a class without test images',
      folder => rmSync(join(folder, 'val', 'b'), { recursive: true }),
      /val\/b: no images are there/,
    ],
    [
      'an empty file',
      folder => writeFileSync(join(folder, 'train', 'a', '0.jpg'), ''),
      /0\.jpg: the file is empty/,
    ],
    [
      'a folder in the place of a file',
      folder => mkdirSync(join(folder, 'val', 'a', 'z.jpg')),
      /z\.jpg: this is not a file/,
    ],
    [
      'a file in the place of the folder',
      folder => {
        rmSync(join(folder, 'val'), { recursive: true });
        writeFileSync(join(folder, 'val'), 'x');
      },
      /val: it cannot be read/,
    ],
  ])('refuses %s', async (_, damage, message) => {
    const folder = await writePhotoFolder(base, ['a', 'b']);
    damage(folder);
    await expect(read(folder)).rejects.toThrow(UsageError);
    await expect(read(folder)).rejects.toThrow(message);
  });

  it('refuses the classes of another set', async () => {
    const folder = await writePhotoFolder(base, ['n01440764', 'n01443537']);
    await expect(dataSets.imagenette.read(folder)).rejects.toThrow(
      /n01443537, expected only n01440764, .*image-folder/,
    );
    expect((await dataSets.imagenet.read(folder)).classes).toHaveLength(2);
    const other = await writePhotoFolder(join(base, 'other'), ['cat', 'dog']);
    await expect(dataSets.imagenet.read(other)).rejects.toThrow(/cat, expected WordNet ids/);
  });
});

describe('checkDataSet, on photographs', () => {
  it('counts them, and decodes each', async () => {
    const folder = await writePhotoFolder(base, ['a', 'b']);
    const places = { dataDir: folder, env: { XDG_CACHE_HOME: base } };
    expect(await checkDataSet('image-folder', places)).toMatchObject({
      shape: null,
      source: folder,
      train: { count: 6, perClass: { a: 3, b: 3 } },
      test: { count: 4, perClass: { a: 2, b: 2 } },
    });
    const last = join(folder, 'val', 'b', '1.jpg');
    writeFileSync(last, readFileSync(last).subarray(0, -20));
    await expect(checkDataSet('image-folder', places)).rejects.toThrow(`${last}: the image is damaged`);
  });
});

describe('rememberedChecksum', () => {
  const files = [{ name: 'a', size: 2 ** 27, modified: 5 }];
  const once = 'a'.repeat(64);
  const later = 'b'.repeat(64);

  it('computes the checksum of a large set once, until a file changes', async () => {
    expect(await rememberedChecksum(base, files, base, async () => once)).toBe(once);
    expect(await rememberedChecksum(base, files, base, async () => later)).toBe(once);
    expect(readdirSync(join(base, 'checksums'))).toHaveLength(1);
    for (const changed of [{ name: 'b' }, { size: 2 ** 28 }, { modified: 6 }]) {
      const others = [{ ...files[0], name: 'a', size: 2 ** 27, modified: 5, ...changed }];
      expect(await rememberedChecksum(base, others, base, async () => later)).toBe(later);
    }
    expect(await rememberedChecksum(join(base, 'x'), files, base, async () => later)).toBe(later);
  });

  it('computes that of a small set each time, and that of any where nothing can be kept', async () => {
    const small = [{ name: 'a', size: 10, modified: 5 }];
    await rememberedChecksum(base, small, base, async () => once);
    expect(await rememberedChecksum(base, small, base, async () => later)).toBe(later);
    writeFileSync(join(base, 'file'), '');
    expect(await rememberedChecksum(base, files, join(base, 'file'), async () => once)).toBe(once);
  });

  it('does not believe a damaged note', async () => {
    await rememberedChecksum(base, files, base, async () => once);
    const [note] = readdirSync(join(base, 'checksums'));
    writeFileSync(join(base, 'checksums', note as string), 'aaaa');
    expect(await rememberedChecksum(base, files, base, async () => later)).toBe(later);
  });
});

const real = realData('imagenette', 'train');
describe.skipIf(real === undefined)('the real Imagenette (skipped where it is not found)', () => {
  it('is listed by class, and decoded', async () => {
    const { train, test, classes } = await dataSets.imagenette.read(join(real as string, '..'));
    expect(classes).toEqual(Object.values(imagenetteClassNames));
    expect([train.count % 10, test.count % 10]).toEqual([0, 0]);
    const sums = [0, 0, 0];
    // One in fifty, of all classes.
    const some = Array.from({ length: Math.floor(train.count / 50) }, (_, i) => 50 * i);
    const photos = [];
    for (const i of some) {
      const photo = await decodePhoto(await train.encoded(i), { what: train.describe(i), shorterSide: 64 });
      const plane = photo.pixels.length / 3;
      for (const c of [0, 1, 2]) {
        const levels = photo.pixels.subarray(c * plane, (c + 1) * plane);
        sums[c] = (sums[c] as number) + levels.reduce((sum, level) => sum + level, 0) / plane / 255;
      }
      photos.push(photo);
    }
    // ImageNet's mean colour, as torchvision has it; these are ten of its thousand classes.
    for (const [c, mean] of [0.485, 0.456, 0.406].entries())
      expect(Math.abs((sums[c] as number) / some.length - mean)).toBeLessThan(0.1);
    for (const { height, width } of photos) expect(Math.min(height, width)).toBe(64);
  });
});
