import type { Shape } from '../network/index.js';
import type { PhotoSet } from './photo-set.js';

/** Images of one size with labels, read by index. Reading is pure: the same index gives the same pixels. */
export interface ImageSet {
  readonly count: number;
  /** `[channels, height, width]` of every image. */
  readonly shape: Shape;
  /** Class numbers. */
  readonly labels: Uint16Array;
  /** Pixels of image `i`, 0–255, planar `[channels, height, width]`. May be a view: not to be written to. */
  pixels(i: number): Uint8Array;
  /** Of a subset: where each of its images stands in the whole set. Absent from a whole set. */
  readonly places?: Uint32Array;
}

/** What half a data set can be. */
export type Images = ImageSet | PhotoSet;

export function isPhotoSet(images: Images): images is PhotoSet {
  return 'encoded' in images;
}

interface DataSetOf<Half extends Images> {
  /** `cifar10`, `shapes` …: part of a run's identity. */
  readonly name: string;
  readonly classes: readonly string[];
  readonly train: Half;
  readonly test: Half;
  /** SHA-256 over everything that was read: part of a run's identity. */
  readonly checksum: string;
  /** Where it was found, for people: a folder, or "generated". */
  readonly source: string;
}

/** A data set whose images all have one size, held as pixels. */
export interface ImageDataSet extends DataSetOf<ImageSet> {
  readonly shape: Shape;
}

/** A data set of photographs, each of its own size. */
export interface PhotoDataSet extends DataSetOf<PhotoSet> {
  readonly shape?: undefined;
}

export type DataSet = ImageDataSet | PhotoDataSet;
