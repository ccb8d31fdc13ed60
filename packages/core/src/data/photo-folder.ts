/** ImageNet-style folders: `train/<class>/*.jpg`, and beside it `val/<class>/…` or `test/<class>/…`. */
import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { UsageError } from '../errors/index.js';
import { rememberedChecksum } from './checksum-cache.js';
import type { PhotoDataSet } from './data-set.js';
import type { PhotoSet } from './photo-set.js';
import { mustRead } from './read-file.js';

export interface PhotoFolderOptions {
  /** Part of a run's identity. */
  readonly name: string;
  /** Names of the classes by their folders; otherwise the folders' names are theirs. No other folder is accepted. */
  readonly classNames?: Readonly<Record<string, string>>;
  /** What every class folder must be called, and how to say it. */
  readonly folderName?: { readonly pattern: RegExp; readonly expected: string };
  /** Where checksums of large sets are remembered; they are not when left out. */
  readonly cacheDir?: string;
}

interface PhotoFile {
  /** From the set's folder on, with `/`: part of the checksum. */
  readonly name: string;
  readonly label: number;
  readonly size: number;
  readonly modified: number;
}

const EXTENSIONS = ['.jpg', '.jpeg', '.png', '.webp'];

/** Whether a folder holds training images by class. */
export function isPhotoFolder(folder: string): boolean {
  return existsSync(join(folder, 'train')) && testFolderOf(folder) !== undefined;
}

/**
 * Lists the images of a folder, classes and files each in order of their names (by code unit, whatever the locale). Nothing is
 * decoded; files that are no images by their names are passed over. The checksum covers names, sizes and bytes.
 * @throws UsageError for folders that are missing or empty, unknown classes, and empty files.
 */
export async function readPhotoFolder(folder: string, options: PhotoFolderOptions): Promise<PhotoDataSet> {
  const testFolder = testFolderOf(folder);
  if (testFolder === undefined)
    throw new UsageError(
      `${folder}: neither val nor test is there, expected one of them beside train; put it there.`,
    );
  const folders = await subfolders(join(folder, 'train'));
  checkClassFolders(join(folder, 'train'), folders, options);
  const train = await listHalf(folder, 'train', folders);
  const test = await listHalf(folder, testFolder, folders);
  const files = [...train, ...test];
  return {
    name: options.name,
    classes: folders.map(name => options.classNames?.[name] ?? name),
    train: photosOf(folder, train),
    test: photosOf(folder, test),
    checksum: await rememberedChecksum(folder, files, options.cacheDir, () => checksumOf(folder, files)),
    source: folder,
  };
}

function testFolderOf(folder: string): 'val' | 'test' | undefined {
  return (['val', 'test'] as const).find(name => existsSync(join(folder, name)));
}

function checkClassFolders(
  folder: string,
  folders: readonly string[],
  { name, classNames, folderName }: PhotoFolderOptions,
): void {
  const refuse = (found: string, expected: string): never => {
    throw new UsageError(
      `${folder}: ${found}, expected ${expected}; if this is another set than ${name}, use --dataset image-folder.`,
    );
  };
  if (folders.length < 2) refuse(`${folders.length} class folders`, 'at least 2');
  if (folders.length > 65_536) refuse(`${folders.length} class folders`, 'at most 65536');
  const strange = folders.find(
    found =>
      (classNames && !Object.hasOwn(classNames, found)) || (folderName && !folderName.pattern.test(found)),
  );
  if (strange !== undefined)
    refuse(
      `a class folder ${strange}`,
      folderName?.expected ?? `only ${Object.keys(classNames ?? {}).join(', ')}`,
    );
}

async function listHalf(folder: string, half: string, classes: readonly string[]): Promise<PhotoFile[]> {
  const found = await subfolders(join(folder, half));
  const strange = found.find(name => !classes.includes(name));
  if (strange !== undefined)
    throw new UsageError(
      `${join(folder, half)}: a class folder ${strange}, expected only classes of the training images; remove or rename it.`,
    );
  const files: PhotoFile[] = [];
  for (const [label, name] of classes.entries()) {
    const path = join(folder, half, name);
    const photos = found.includes(name) ? await photoNames(path) : [];
    if (photos.length === 0)
      throw new UsageError(
        `${path}: no images are there, expected ${EXTENSIONS.join(', ')} files; put them there, or remove the class from every folder.`,
      );
    for (const photo of photos) files.push(await lookAt(folder, `${half}/${name}/${photo}`, label));
  }
  return files;
}

/** Without going through the thread pool, which would take four times as long: ImageNet has more than a million files. */
async function lookAt(folder: string, name: string, label: number): Promise<PhotoFile> {
  const path = join(folder, name);
  const found = await mustRead(path, async () => statSync(path));
  if (!found.isFile() || found.size === 0)
    throw new UsageError(
      `${path}: ${found.isFile() ? 'the file is empty' : 'this is not a file'}, expected an image; remove or replace it.`,
    );
  return { name, label, size: found.size, modified: found.mtimeMs };
}

async function subfolders(folder: string): Promise<string[]> {
  const entries = await mustRead(folder, () => readdir(folder, { withFileTypes: true }));
  const folders = entries.filter(entry => entry.isDirectory() || entry.isSymbolicLink());
  return sorted(folders.map(entry => entry.name));
}

async function photoNames(folder: string): Promise<string[]> {
  const names = await mustRead(folder, () => readdir(folder));
  return sorted(names.filter(name => EXTENSIONS.includes(extname(name).toLowerCase())));
}

/** What begins with a dot is the system's. */
function sorted(names: readonly string[]): string[] {
  return names.filter(name => !name.startsWith('.')).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function photosOf(folder: string, files: readonly PhotoFile[]): PhotoSet {
  const pathOf = (i: number): string => {
    const file = files[i];
    if (!file) throw new RangeError(`There is no image ${i}; the set has ${files.length}.`);
    return join(folder, file.name);
  };
  return {
    count: files.length,
    labels: Uint16Array.from(files, ({ label }) => label),
    encoded: async i => mustRead(pathOf(i), () => readFile(pathOf(i))),
    file: pathOf,
    describe: pathOf,
  };
}

async function checksumOf(folder: string, files: readonly PhotoFile[]): Promise<string> {
  const hash = createHash('sha256');
  for (const { name, size } of files) {
    const path = join(folder, name);
    const bytes = await mustRead(path, () => readFile(path));
    if (bytes.length !== size)
      throw new UsageError(`${path}: the file is being written to; begin again when that is over.`);
    hash.update(`${name} ${size}\n`).update(bytes);
  }
  return hash.digest('hex');
}
