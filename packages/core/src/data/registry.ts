import type { Shape } from '../network/index.js';
import { cifar10Classes, cifar10Files, cifar10Layout, readCifar10 } from './cifar10.js';
import { cifar100Files, readCifar100 } from './cifar100.js';
import { cifar100Classes, cifar100CoarseClasses } from './cifar100-classes.js';
import type { DataSet } from './data-set.js';
import { isParquetFolder, readImageParquet } from './image-parquet.js';
import { imagenetteClassNames, WORDNET_FOLDERS } from './imagenet.js';
import { fashionMnistClasses, mnistClasses, mnistFiles, mnistShape, readMnist } from './mnist.js';
import { isPhotoFolder, readPhotoFolder } from './photo-folder.js';
import {
  cifar10Download,
  cifar100Download,
  type Download,
  fashionMnistDownload,
  imagenetteDownload,
  mnistDownload,
  svhnDownload,
  svhnExtraDownload,
} from './remote-files.js';
import { shapeClasses, shapes } from './shapes.js';
import { readSvhn, svhnClasses, svhnShape } from './svhn.js';

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
  /** The folder of its official distribution; `.` if that is bare files. */
  readonly folder: string;
  /** The folder under a data directory, if it is not called as the set is. */
  readonly home?: string;
  /** A folder that holds one of these holds the set, or part of it. */
  readonly files: readonly string[];
  /** What else a folder must be to hold the set. */
  holds?(folder: string): boolean;
  /** Other sets have files of the same names: they count only in a folder called as the set is. */
  readonly sharesFileNames?: true;
  /** Where else it may be found, after all data directories. */
  readonly installed?: string;
  /** @throws UsageError for files that are not what they should be. */
  read(folder: string, options?: ReadOptions): Promise<DataSet>;
  /** Where to get it, if it may be had without asking. */
  readonly download?: Download;
  /** How to get it otherwise, to follow "The data set … ". */
  readonly howToGet?: string;
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
    download: cifar10Download,
  },
  cifar100: {
    kind: 'stored',
    classes: cifar100Classes,
    shape: cifar10Layout.shape,
    folder: 'cifar-100-binary',
    files: cifar100Files,
    read: folder => readCifar100(folder, 'fine'),
    download: cifar100Download,
  },
  'cifar100-coarse': {
    kind: 'stored',
    classes: cifar100CoarseClasses,
    shape: cifar10Layout.shape,
    folder: 'cifar-100-binary',
    home: 'cifar100',
    files: cifar100Files,
    read: folder => readCifar100(folder, 'coarse'),
    download: cifar100Download,
  },
  svhn: {
    kind: 'stored',
    classes: svhnClasses,
    shape: svhnShape,
    folder: '.',
    files: ['train_32x32.mat', 'test_32x32.mat'],
    read: folder => readSvhn(folder, ['train_32x32.mat']),
    download: svhnDownload,
  },
  'svhn-extra': {
    kind: 'stored',
    classes: svhnClasses,
    shape: svhnShape,
    folder: '.',
    home: 'svhn',
    files: ['extra_32x32.mat'],
    read: folder => readSvhn(folder, ['train_32x32.mat', 'extra_32x32.mat']),
    download: svhnExtraDownload,
  },
  mnist: {
    kind: 'stored',
    classes: mnistClasses,
    shape: mnistShape,
    folder: '.',
    files: mnistFiles.flatMap(name => [name, `${name}.gz`]),
    sharesFileNames: true,
    read: folder => readMnist(folder, 'mnist', mnistClasses),
    download: mnistDownload,
  },
  'fashion-mnist': {
    kind: 'stored',
    classes: fashionMnistClasses,
    shape: mnistShape,
    folder: '.',
    files: mnistFiles.flatMap(name => [name, `${name}.gz`]),
    sharesFileNames: true,
    // Debian's package dataset-fashion-mnist.
    installed: '/usr/share/datasets/fashion-mnist',
    read: folder => readMnist(folder, 'fashion-mnist', fashionMnistClasses),
    download: fashionMnistDownload,
  },
  imagenette: {
    kind: 'stored',
    classes: Object.values(imagenetteClassNames),
    folder: 'imagenette2-320',
    files: Object.keys(imagenetteClassNames).map(name => `train/${name}`),
    read: (folder, options = {}) =>
      readPhotoFolder(folder, { ...options, name: 'imagenette', classNames: imagenetteClassNames }),
    download: imagenetteDownload,
  },
  imagenet: {
    kind: 'stored',
    folder: 'ILSVRC2012',
    // The goldfish, which is none of Imagenette's.
    files: ['train/n01443537'],
    read: (folder, options = {}) =>
      readPhotoFolder(folder, { ...options, name: 'imagenet', folderName: WORDNET_FOLDERS }),
    howToGet:
      'is given out on request at https://www.image-net.org; unpack it into train/<WordNet id>/ and val/<WordNet id>/',
  },
  'image-folder': {
    kind: 'stored',
    folder: '.',
    files: ['train'],
    holds: isPhotoFolder,
    read: (folder, options = {}) => readPhotoFolder(folder, { ...options, name: 'image-folder' }),
    howToGet: 'is any folder of yours with train/<class>/*.jpg and val/<class>/*.jpg',
  },
  'image-parquet': {
    kind: 'stored',
    folder: 'data',
    files: ['.'],
    holds: isParquetFolder,
    read: readImageParquet,
    howToGet:
      'is any image classification set of the Hugging Face Hub; download its files train-*.parquet and test-*.parquet',
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

/** Whether the images of a set are photographs, each of its own size and to be decoded; false for a name that is none. */
export function isOfPhotographs(name: string): boolean {
  const definition: DataSetDefinition | undefined = isDataSetName(name) ? dataSets[name] : undefined;
  return definition?.kind === 'stored' && definition.shape === undefined;
}

export function isDataSetName(name: string): name is DataSetName {
  return Object.hasOwn(dataSets, name);
}
