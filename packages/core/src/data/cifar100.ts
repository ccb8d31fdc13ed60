/** CIFAR-100 (Krizhevsky 2009), binary version: https://www.cs.toronto.edu/~kriz/cifar.html */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { cifar100Classes, cifar100CoarseClasses } from './cifar100-classes.js';
import { checkClassNames } from './class-names.js';
import type { ImageDataSet } from './data-set.js';
import { type RecordLayout, readRecords, recordImages } from './records.js';

/** Which of its two labels an image goes by. */
export type Cifar100Labels = 'coarse' | 'fine';

export const cifar100Files = ['train.bin', 'test.bin'] as const;

const MOST_RECORDS = { 'train.bin': 50_000, 'test.bin': 10_000 } as const;

/**
 * The checksum covers names, lengths and bytes of both files, and is the same for either kind of label: the set's name tells.
 * @throws UsageError naming the file, what was found in it and what was expected.
 */
export async function readCifar100(folder: string, kind: Cifar100Labels): Promise<ImageDataSet> {
  await checkClassNames(join(folder, 'coarse_label_names.txt'), cifar100CoarseClasses);
  await checkClassNames(join(folder, 'fine_label_names.txt'), cifar100Classes);
  const hash = createHash('sha256');
  const halves = [];
  for (const name of cifar100Files) {
    const layout = layoutOf(name, kind);
    const file = await readRecords(join(folder, name), layout);
    hash.update(`${name} ${file.bytes.length}\n`).update(file.bytes);
    halves.push(recordImages([file], layout));
  }
  const [train, test] = halves as [ImageDataSet['train'], ImageDataSet['test']];
  return {
    name: kind === 'fine' ? 'cifar100' : 'cifar100-coarse',
    classes: kind === 'fine' ? cifar100Classes : cifar100CoarseClasses,
    shape: train.shape,
    train,
    test,
    checksum: hash.digest('hex'),
    source: folder,
  };
}

function layoutOf(name: (typeof cifar100Files)[number], kind: Cifar100Labels): RecordLayout {
  return {
    shape: [3, 32, 32],
    labels: [cifar100CoarseClasses.length, cifar100Classes.length],
    label: kind === 'coarse' ? 0 : 1,
    mostRecords: MOST_RECORDS[name],
  };
}
