import { UsageError } from '../errors/index.js';
import { hashJson } from '../hash/index.js';
import { elements, formatShape, type Shape } from '../network/index.js';
import type { ImageDataSet, ImageSet } from './data-set.js';
import { outlines } from './shapes-outlines.js';
import { paintShape } from './shapes-painter.js';

/** Bumped by hand with every change that alters a pixel. */
const GENERATOR_VERSION = 2;

const SMALLEST_SIDE = 8;

/** Painted images are kept up to this many bytes a set; beyond that they are painted anew. */
const KEPT_BYTES = 2 ** 29;

export const shapeClasses = Object.keys(outlines) as (keyof typeof outlines)[];

export interface ShapesOptions {
  /** `[3, height, width]`, or in gray `[1, height, width]`. */
  readonly shape?: Shape;
  readonly train?: number;
  readonly test?: number;
}

/**
 * The generated data set: ten classes of shapes that vary in place, size, angle and colour, among strokes and noise. It
 * needs no file; images are painted when first read. A larger set begins with the images of a smaller one. On 32x32
 * pixels a linear classifier stays near chance, and convolutional networks differ widely.
 * @throws UsageError for a shape or a count that cannot be.
 */
export function shapes({
  shape = [3, 32, 32],
  train = 50_000,
  test = 10_000,
}: ShapesOptions = {}): ImageDataSet {
  const [channels, height, width] = shape;
  if (
    ![1, 3].includes(channels) ||
    ![height, width].every(side => Number.isInteger(side) && side >= SMALLEST_SIDE)
  ) {
    throw new UsageError(
      `The generated set shapes cannot have ${formatShape(shape)} images; give 3 channels or 1, and whole numbers of at least ${SMALLEST_SIDE} for height and width.`,
    );
  }
  return {
    name: 'shapes',
    classes: shapeClasses,
    shape,
    train: paintedSet('train', train, shape),
    test: paintedSet('test', test, shape),
    checksum: hashJson({ generator: 'shapes', version: GENERATOR_VERSION, shape, train, test }),
    source: 'generated',
  };
}

/** Classes take turns, so that any first part is balanced. */
function paintedSet(split: 'train' | 'test', count: number, shape: Shape): ImageSet {
  if (!Number.isInteger(count) || count < 1) {
    throw new UsageError(
      `The generated set shapes cannot have ${count} ${split} images; give a whole number of at least 1.`,
    );
  }
  const kept = new Map<number, Uint8Array>();
  const room = Math.floor(KEPT_BYTES / elements(shape));
  const classOf = (i: number): number => i % shapeClasses.length;
  return {
    count,
    shape,
    labels: Uint16Array.from({ length: count }, (_, i) => classOf(i)),
    pixels: i => {
      const known = kept.get(i);
      if (known) return known;
      if (!(i >= 0 && i < count)) throw new RangeError(`shapes has no ${split} image ${i}; it has ${count}.`);
      const painted = paintShape(shapeClasses[classOf(i)] ?? 'disc', split, i, shape);
      if (kept.size < room) kept.set(i, painted);
      return painted;
    },
  };
}
