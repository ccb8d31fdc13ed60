/** Image classification sets as the Hugging Face Hub keeps them: Parquet files with a column of encoded images and one of labels. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../errors/index.js';
import { type ListedFile, rememberedChecksum } from './checksum-cache.js';
import type { PhotoDataSet } from './data-set.js';
import type { PhotoSet } from './photo-set.js';
import { damaged, fileSize, mustRead } from './read-file.js';

/** `train-00000-of-00002.parquet`, older ones with a hash before the end; `train.parquet` too. */
const SHARD = /^(train|test|validation|valid|val)(?:-(\d{5})-of-(\d{5})(?:-[0-9a-f]+)?)?\.parquet$/;

/** What the test images may be called, the first that is there with labels. */
const TEST_SPLITS = ['test', 'validation', 'valid', 'val'];

/** All encoded images are held in memory. */
const MOST_BYTES = 2 ** 32;

/** Whether a folder holds the training half of such a set. */
export function isParquetFolder(folder: string): boolean {
  return shardNames(folder).some(name => name.startsWith('train'));
}

/**
 * Reads all shards; encoded images stay in memory. Classes are called as the files' metadata says, or by their numbers. The
 * checksum covers names, lengths and bytes of the files.
 * @throws UsageError naming the file, what was found in it and what was expected.
 */
export async function readImageParquet(
  folder: string,
  { cacheDir }: { readonly cacheDir?: string } = {},
): Promise<PhotoDataSet> {
  const names = shardNames(folder);
  const trainNames = shardsOf(folder, names, 'train');
  const testSplits = TEST_SPLITS.filter(split => names.some(name => splitOf(name) === split));
  if (testSplits.length === 0)
    throw new UsageError(
      `${folder}: no ${TEST_SPLITS.join(', ')} file is there beside train, expected one of them; put it there.`,
    );
  await checkSizes(folder, names);
  const train = await readHalf(folder, trainNames);
  const test = await readLabelled(folder, names, testSplits);
  const most = train.labels.reduce((highest, label) => Math.max(highest, label), 0);
  const classes = train.classNames ?? Array.from({ length: most + 1 }, (_, label) => String(label));
  return {
    name: 'image-parquet',
    classes,
    train: photosOf(train, classes),
    test: photosOf(test, classes),
    checksum: await checksumOf(folder, [...trainNames, ...test.names], cacheDir),
    source: folder,
  };
}

function shardNames(folder: string): string[] {
  if (!existsSync(folder)) return [];
  try {
    return readdirSync(folder)
      .filter(name => SHARD.test(name))
      .sort();
  } catch {
    return [];
  }
}

function splitOf(name: string): string | undefined {
  return SHARD.exec(name)?.[1];
}

/** The files of one split, all that their names say there are. */
function shardsOf(folder: string, names: readonly string[], split: string): string[] {
  const shards = names.filter(name => splitOf(name) === split);
  const [, , , said] = SHARD.exec(shards[0] ?? '') ?? [];
  const expected = said === undefined ? 1 : Number(said);
  const numbers = new Set(shards.map(name => SHARD.exec(name)?.[2]));
  if (shards.length !== expected || numbers.size !== expected)
    throw new UsageError(
      `${folder}: ${shards.length} files of ${split} (${shards.slice(0, 3).join(', ')}), expected ${said === undefined ? 'one' : `the ${expected} that their names say there are`}; put them there.`,
    );
  return shards;
}

async function checkSizes(folder: string, names: readonly string[]): Promise<void> {
  let total = 0;
  for (const name of names) total += await fileSize(join(folder, name));
  if (total > MOST_BYTES)
    throw new UsageError(
      `${folder}: ${total} bytes of Parquet files, expected at most ${MOST_BYTES}, since they are held in memory; unpack them into class folders and use --dataset image-folder.`,
    );
}

interface Half {
  readonly names: readonly string[];
  readonly images: readonly Uint8Array[];
  readonly labels: readonly number[];
  readonly describe: (i: number) => string;
  readonly classNames: readonly string[] | undefined;
}

async function readHalf(folder: string, names: readonly string[]): Promise<Half> {
  const tables = [];
  const { readPhotoTable } = await import('./parquet-photos.js');
  for (const name of names) tables.push(await readPhotoTable(join(folder, name)));
  const images = tables.flatMap(table => table.images);
  const labels = tables.flatMap(table => table.labels);
  const rows = tables.flatMap((table, t) =>
    table.images.map((_, row) => ({ file: join(folder, names[t] as string), row })),
  );
  return {
    names,
    images,
    labels,
    describe: i => {
      const place = rows[i];
      if (!place) throw new RangeError(`There is no image ${i}; the set has ${rows.length}.`);
      return `${place.file}, row ${place.row}`;
    },
    classNames: tables[0]?.classNames,
  };
}

/** Contests keep the labels of their test images to themselves (-1): then the validation images are the test images. */
async function readLabelled(
  folder: string,
  names: readonly string[],
  [split = '', ...others]: readonly string[],
): Promise<Half> {
  const half = await readHalf(folder, shardsOf(folder, names, split));
  const unlabelled = half.labels.every(label => label === -1);
  return unlabelled && others.length > 0 ? readLabelled(folder, names, others) : half;
}

function photosOf({ images, labels, describe }: Half, classes: readonly string[]): PhotoSet {
  const strange = labels.findIndex(label => label < 0 || label >= classes.length);
  if (strange >= 0)
    throw damaged(describe(strange), `label ${labels[strange]}`, `0 to ${classes.length - 1}`);
  return {
    count: images.length,
    labels: Uint16Array.from(labels),
    encoded: async i => {
      const bytes = images[i];
      if (!bytes) throw new RangeError(`There is no image ${i}; the set has ${images.length}.`);
      return bytes;
    },
    describe,
  };
}

async function checksumOf(
  folder: string,
  names: readonly string[],
  cacheDir: string | undefined,
): Promise<string> {
  const files: ListedFile[] = [];
  for (const name of names) {
    const { size, mtimeMs } = await mustRead(join(folder, name), () => stat(join(folder, name)));
    files.push({ name, size, modified: mtimeMs });
  }
  return rememberedChecksum(folder, files, cacheDir, async () => {
    const hash = createHash('sha256');
    for (const { name, size } of files) {
      hash.update(`${name} ${size}\n`);
      await mustRead(join(folder, name), async () => {
        for await (const chunk of createReadStream(join(folder, name))) hash.update(chunk as Uint8Array);
      });
    }
    return hash.digest('hex');
  });
}
