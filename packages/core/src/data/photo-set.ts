/** Photographs as they lie on a disk, each of its own size: decoded when they are needed, never all held at once. */
export interface PhotoSet {
  readonly count: number;
  /** Class numbers. */
  readonly labels: Uint16Array;
  /** The bytes of image `i` as encoded: JPEG, PNG. Reading is pure: the same index gives the same bytes. */
  encoded(i: number): Promise<Uint8Array>;
  /** The file that holds exactly these bytes, where there are such files: worker threads then read it themselves. */
  file?(i: number): string;
  /** Where image `i` comes from, for messages: a path, or a row of a table. */
  describe(i: number): string;
  /** Of a subset: where each of its images stands in the whole set. Absent from a whole set. */
  readonly places?: Uint32Array;
}

/** A decoded image: RGB, 0–255, planar `[3, height, width]`. */
export interface DecodedPhoto {
  readonly height: number;
  readonly width: number;
  readonly pixels: Uint8Array;
}
