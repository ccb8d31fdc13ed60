/** CIFAR-10 (Krizhevsky 2009), binary version: https://www.cs.toronto.edu/~kriz/cifar.html */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../errors/index.js';
import { checkClassNames } from './class-names.js';
import type { ImageDataSet } from './data-set.js';
import { type RecordLayout, readRecords, recordImages } from './records.js';

export const cifar10Classes = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
] as const;

export const cifar10Layout: RecordLayout = {
  shape: [3, 32, 32],
  labels: [cifar10Classes.length],
  label: 0,
  mostRecords: 10_000,
};

const TRAIN_FILES = [1, 2, 3, 4, 5].map(i => `data_batch_${i}.bin`);
const TEST_FILE = 'test_batch.bin';
const NAMES_FILE = 'batches.meta.txt';

/** Files by which the folder is known. */
export const cifar10Files: readonly string[] = [...TRAIN_FILES, TEST_FILE];

/**
 * Reads as many of the five training files as there are, and the test file. The checksum covers their names, lengths and
 * bytes, so that a part of the set is never taken for the whole.
 * @throws UsageError naming the file, what was found in it and what was expected.
 */
export async function readCifar10(folder: string): Promise<ImageDataSet> {
  const names = TRAIN_FILES.filter(name => existsSync(join(folder, name)));
  if (names.length === 0) {
    throw new UsageError(
      `${folder}: none of ${TRAIN_FILES[0]} to ${TRAIN_FILES.at(-1)} is there, expected at least one; remove the folder and fetch the set again.`,
    );
  }
  await checkClassNames(join(folder, NAMES_FILE), cifar10Classes);
  const files = await Promise.all(
    [...names, TEST_FILE].map(name => readRecords(join(folder, name), cifar10Layout)),
  );
  const hash = createHash('sha256');
  for (const [i, { bytes }] of files.entries())
    hash.update(`${names[i] ?? TEST_FILE} ${bytes.length}\n`).update(bytes);
  return {
    name: 'cifar10',
    classes: cifar10Classes,
    shape: cifar10Layout.shape,
    train: recordImages(files.slice(0, -1), cifar10Layout),
    test: recordImages(files.slice(-1), cifar10Layout),
    checksum: hash.digest('hex'),
    source: folder,
  };
}
