import type { Shape } from '../network/index.js';

/** Images with labels, read by index. Reading is pure: the same index gives the same pixels. */
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

export interface DataSet {
  /** `cifar10`, `shapes` …: part of a run's identity. */
  readonly name: string;
  readonly classes: readonly string[];
  readonly shape: Shape;
  readonly train: ImageSet;
  readonly test: ImageSet;
  /** SHA-256 over everything that was read: part of a run's identity. */
  readonly checksum: string;
  /** Where it was found, for people: a folder, or "generated". */
  readonly source: string;
}
