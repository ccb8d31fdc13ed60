import type { Shape } from '../network/index.js';
import { cifar10Classes, cifar10Files, cifar10Layout, readCifar10 } from './cifar10.js';
import type { DataSet } from './data-set.js';
import { imagenetteClassNames, WORDNET_FOLDERS } from './imagenet.js';
import { isPhotoFolder, readPhotoFolder } from './photo-folder.js';
import { shapeClasses, shapes } from './shapes.js';

/** A gzip'd tar file on the web that holds a data set in its official folder. */
export interface Archive {
  readonly url: string;
  readonly sha256: string;
}

export interface ReadOptions {
  /** Where what is slow to find out of a large set is remembered. */
  readonly cacheDir?: string;
}

/** A data set that is read from files. */
export interface StoredDataSet {
  readonly kind: 'stored';
  /** Absent where the files say. */
  readonly classes?: readonly string[];
  /** Absent from photographs, each of its own size. */
  readonly shape?: Shape;
  /** The folder of its official distribution. */
  readonly folder: string;
  /** A folder that holds one of these holds the set, or part of it. */
  readonly files: readonly string[];
  /** What else a folder must be to hold the set. */
  holds?(folder: string): boolean;
  /** @throws UsageError for files that are not what they should be. */
  read(folder: string, options?: ReadOptions): Promise<DataSet>;
  /** Where to get it, if it may be had without asking. */
  readonly archive?: Archive;
}

/** A data set that needs no files and takes any size of image. */
export interface GeneratedDataSet {
  readonly kind: 'generated';
  readonly classes: readonly string[];
  generate(shape?: Shape): DataSet;
}

export type DataSetDefinition = StoredDataSet | GeneratedDataSet;

/** Every data set that can be named. */
export const dataSets = {
  cifar10: {
    kind: 'stored',
    classes: cifar10Classes,
    shape: cifar10Layout.shape,
    folder: 'cifar-10-batches-bin',
    files: cifar10Files,
    read: readCifar10,
    archive: {
      url: 'https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz',
      // The page publishes the MD5 c32a1d4ab5d03f1284b67883e8d87530; this is the same file's SHA-256, as TensorFlow Datasets has it.
      sha256: 'c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd',
    },
  },
  imagenette: {
    kind: 'stored',
    classes: Object.values(imagenetteClassNames),
    folder: 'imagenette2-320',
    files: Object.keys(imagenetteClassNames).map(name => `train/${name}`),
    read: (folder, options = {}) =>
      readPhotoFolder(folder, { ...options, name: 'imagenette', classNames: imagenetteClassNames }),
  },
  imagenet: {
    kind: 'stored',
    folder: 'ILSVRC2012',
    // The goldfish, which is none of Imagenette's.
    files: ['train/n01443537'],
    read: (folder, options = {}) =>
      readPhotoFolder(folder, { ...options, name: 'imagenet', folderName: WORDNET_FOLDERS }),
  },
  'image-folder': {
    kind: 'stored',
    folder: '.',
    files: ['train'],
    holds: isPhotoFolder,
    read: (folder, options = {}) => readPhotoFolder(folder, { ...options, name: 'image-folder' }),
  },
  shapes: {
    kind: 'generated',
    classes: shapeClasses,
    generate: shape => shapes(shape && { shape }),
  },
} as const satisfies Record<string, DataSetDefinition>;

export type DataSetName = keyof typeof dataSets;

/** The set that stands in when another is not there. */
export const STAND_IN = 'shapes' satisfies DataSetName;

export const dataSetNames = Object.keys(dataSets) as DataSetName[];

export function isDataSetName(name: string): name is DataSetName {
  return Object.hasOwn(dataSets, name);
}
