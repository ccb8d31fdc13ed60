/** A tiny valid instance of every stored data set, for the tests that run over the registry. */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { DataSetName, dataSets } from '@strata/core/data';
import { imagenetteClassNames } from '../../src/data/imagenet.js';
import { records, writeCifar10 } from './cifar10-files.js';
import { writePhotoFolder } from './photos.js';

type StoredName = {
  [K in DataSetName]: (typeof dataSets)[K]['kind'] extends 'stored' ? K : never;
}[DataSetName];

export interface TinySet {
  /** Writes it below a folder, and says in which one the files are. */
  write(base: string): Promise<string> | string;
  readonly train: number;
  readonly test: number;
  /** Damaged files that it is read with; 1000 when left out. */
  readonly cases?: number;
}

export const FIXTURES = resolve(import.meta.dirname, '../fixtures');

/** Typed so that a set that is added cannot be forgotten here. */
export const tinySets: { readonly [K in StoredName]: TinySet } = {
  cifar10: { write: base => writeCifar10(base), train: 20, test: 10 },
  cifar100: { write: writeCifar100, train: 4, test: 2 },
  'cifar100-coarse': { write: writeCifar100, train: 4, test: 2 },
  svhn: { write: base => copied('svhn', ['train_32x32.mat', 'test_32x32.mat'], base), train: 12, test: 5 },
  'svhn-extra': {
    write: base => copied('svhn', ['train_32x32.mat', 'test_32x32.mat', 'extra_32x32.mat'], base),
    train: 15,
    test: 5,
  },
  mnist: { write: base => writeMnist(base, bytes => bytes, ''), train: 12, test: 5 },
  'fashion-mnist': { write: base => writeMnist(base, gzipSync, '.gz'), train: 12, test: 5 },
  imagenette: {
    write: base => writePhotoFolder(base, Object.keys(imagenetteClassNames), { train: 1, val: 1 }),
    train: 10,
    test: 10,
    // Large, and its reader is that of image-folder.
    cases: 200,
  },
  imagenet: {
    write: base => writePhotoFolder(base, ['n01440764', 'n01443537'], { train: 2, val: 1 }),
    train: 4,
    test: 2,
  },
  'image-folder': {
    write: base => writePhotoFolder(base, ['a', 'b'], { train: 2, val: 1 }),
    train: 4,
    test: 2,
  },
  'image-parquet': {
    write: base =>
      copied(
        'image-parquet',
        ['train-00000-of-00002.parquet', 'train-00001-of-00002.parquet', 'test-00000-of-00001.parquet'],
        base,
      ),
    train: 9,
    test: 4,
    cases: 2000,
  },
};

export const tinySetEntries = Object.entries(tinySets) as [StoredName, TinySet][];

function copied(fixture: string, files: readonly string[], folder: string): string {
  mkdirSync(folder, { recursive: true });
  for (const file of files) copyFileSync(join(FIXTURES, fixture, file), join(folder, file));
  return folder;
}

/** A coarse label, a fine one, and pixels as CIFAR-10's. */
export function cifar100Records(count: number): Uint8Array {
  const cifar10 = records(count);
  const bytes = new Uint8Array(count * 3074);
  for (let i = 0; i < count; i++) {
    bytes.set([(i * 3) % 20, (i * 31) % 100], i * 3074);
    bytes.set(cifar10.subarray(i * 3073 + 1, (i + 1) * 3073), i * 3074 + 2);
  }
  return bytes;
}

function writeCifar100(base: string): string {
  const folder = join(base, 'cifar-100-binary');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'train.bin'), cifar100Records(4));
  writeFileSync(join(folder, 'test.bin'), cifar100Records(2));
  return folder;
}

/** An IDX file of bytes. */
export function idx(dimensions: readonly number[], values: Uint8Array): Buffer {
  const header = Buffer.alloc(4 + 4 * dimensions.length);
  header.set([0, 0, 8, dimensions.length]);
  dimensions.forEach((length, i) => {
    header.writeUInt32BE(length, 4 + 4 * i);
  });
  return Buffer.concat([header, values]);
}

export function mnistImages(count: number): Buffer {
  const pixels = Uint8Array.from({ length: count * 784 }, (_, i) => (i >> 3) % 256);
  return idx([count, 28, 28], pixels);
}

export function mnistLabels(count: number): Buffer {
  return idx(
    [count],
    Uint8Array.from({ length: count }, (_, i) => (i * 3) % 10),
  );
}

export function writeMnist(folder: string, pack: (bytes: Buffer) => Buffer, ending: string): string {
  mkdirSync(folder, { recursive: true });
  for (const [half, count] of [
    ['train', 12],
    ['t10k', 5],
  ] as const) {
    writeFileSync(join(folder, `${half}-images-idx3-ubyte${ending}`), pack(mnistImages(count)));
    writeFileSync(join(folder, `${half}-labels-idx1-ubyte${ending}`), pack(mnistLabels(count)));
  }
  return folder;
}
