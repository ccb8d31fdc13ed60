import type { Shape } from '../network/index.js';
import { type Stream, stream } from '../random/index.js';
import type { Augmentation, AugmentationOf } from './preprocessing.js';

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

/** Those that only move whole pixels: several in a row are one map. */
export type PixelMove = AugmentationOf<'pad-crop' | 'flip'>;

export function isPixelMove(augmentation: Augmentation): augmentation is PixelMove {
  return augmentation.kind === 'pad-crop' || augmentation.kind === 'flip';
}

/** The moves that come first, which can be made in the same pass as the normalisation, and what follows. */
export function leadingMoves(augmentation: readonly Augmentation[]): {
  readonly moves: readonly PixelMove[];
  readonly others: readonly Augmentation[];
} {
  const firstOther = augmentation.findIndex(step => !isPixelMove(step));
  const moves = augmentation.slice(0, firstOther < 0 ? undefined : firstOther).filter(isPixelMove);
  return { moves, others: augmentation.slice(moves.length) };
}

/** The draws of one kind for one image: a stream of its own, so that adding a kind to a recipe leaves the others' draws as they were. */
export function drawsOf(kind: Augmentation['kind'], { seed, epoch, index }: AugmentationPlace): Stream {
  return stream(seed, 'augment', kind, epoch, index);
}

/** What the moves, one after the other, make of one image in one epoch. */
export function augmentedMap(
  [, height, width]: Shape,
  moves: readonly PixelMove[],
  place: AugmentationPlace,
): PixelMap {
  return moves.reduce<PixelMap>((map, move) => moved(map, move, drawsOf(move.kind, place)), {
    rows: identity(height),
    columns: identity(width),
  });
}

function identity(length: number): Int16Array {
  return new Int16Array(length).map((_, i) => i);
}

function moved({ rows, columns }: PixelMap, move: PixelMove, random: Stream): PixelMap {
  switch (move.kind) {
    case 'pad-crop': {
      const { pad, mode } = move;
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
