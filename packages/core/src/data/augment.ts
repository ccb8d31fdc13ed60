import { UsageError } from '../errors/index.js';
import { formatShape, type Shape } from '../network/index.js';
import { type Stream, stream } from '../random/index.js';
import type { Augmentation } from './preprocessing.js';

/** Marks a row or column that lies outside the image, where zeros go. */
export const OUTSIDE = -1;

/** Which row and column of the image each row and column of the result comes from. */
export interface PixelMap {
  readonly rows: Int16Array;
  readonly columns: Int16Array;
}

/** Where an image stands in a training. */
export interface AugmentationPlace {
  readonly seed: number;
  readonly epoch: number;
  /** Of the image, in the whole data set. */
  readonly index: number;
}

/**
 * What the augmentations, one after the other, make of one image in one epoch. Each kind draws from a stream of its own,
 * so that adding one to a recipe leaves the others' draws as they were.
 */
export function augmentedMap(
  [, height, width]: Shape,
  augmentations: readonly Augmentation[],
  { seed, epoch, index }: AugmentationPlace,
): PixelMap {
  return augmentations.reduce<PixelMap>(
    (map, augmentation) =>
      augmented(map, augmentation, stream(seed, 'augment', augmentation.kind, epoch, index)),
    { rows: identity(height), columns: identity(width) },
  );
}

function identity(length: number): Int16Array {
  return new Int16Array(length).map((_, i) => i);
}

function augmented({ rows, columns }: PixelMap, augmentation: Augmentation, random: Stream): PixelMap {
  switch (augmentation.kind) {
    case 'pad-crop': {
      const { pad, mode } = augmentation;
      const shift = (draw: number): number => random.below(2 * pad + 1, draw) - pad;
      return { rows: shifted(rows, shift(0), mode), columns: shifted(columns, shift(1), mode) };
    }
    case 'flip':
      return random.uniform(0) < 0.5 ? { rows, columns: mirrored(columns) } : { rows, columns };
  }
}

/** The window of the padded line that starts `by` pixels after the line itself. */
export function shifted(line: Int16Array, by: number, mode: 'zero' | 'reflect'): Int16Array {
  const last = line.length - 1;
  return line.map((_, i) => {
    const from = i + by;
    if (from >= 0 && from <= last) return line[from] as number;
    if (mode === 'zero') return OUTSIDE;
    return line[from < 0 ? -from : 2 * last - from] as number;
  });
}

export function mirrored(line: Int16Array): Int16Array {
  return line.toReversed();
}

/** @throws UsageError for an augmentation that these images cannot take, and for one that is named twice. */
export function checkAugmentations(augmentations: readonly Augmentation[], shape: Shape): void {
  const kinds = augmentations.map(({ kind }) => kind);
  const twice = kinds.find((kind, i) => kinds.indexOf(kind) !== i);
  if (twice) throw new UsageError(`The augmentation ${twice} is named twice; name it once.`);
  const [, height, width] = shape;
  for (const augmentation of augmentations) {
    if (augmentation.kind !== 'pad-crop') continue;
    const { pad } = augmentation;
    const most = Math.min(height, width) - 1;
    if (!Number.isInteger(pad) || pad < 0 || pad > most) {
      throw new UsageError(
        `The augmentation pad-crop cannot pad ${formatShape(shape)} images by ${pad}; give a whole number from 0 to ${most}.`,
      );
    }
  }
}
