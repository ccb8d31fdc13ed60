import { elements } from '../network/index.js';
import { augmentedMap, leadingMoves, type PixelMap } from './augment.js';
import type { InputSpec } from './input-spec.js';
import { lookUpMapped } from './look-up.js';
import { isByLevel, normalisationTable } from './normalise.js';
import { type HeldImages, isNormalisedSet } from './normalised-set.js';
import { copyMapped, runStages, stageOf } from './stages.js';

/** Writes the input that image `i` is in an epoch into `out`, which holds zeros. */
export type WriteInput = (i: number, epoch: number, out: Float32Array) => void;

/** For images held in memory. Moves of whole pixels that come first are made in the same pass as the normalisation. */
export function heldInput(images: HeldImages, spec: InputSpec): WriteInput {
  const { augmentation, seed } = spec;
  const { shape } = images;
  const read = normalisedReader(images, spec);
  const { moves, others } = leadingMoves(augmentation);
  const stages = others.map(step => stageOf(step, spec));
  return (i, epoch, out) => {
    const place = { seed, epoch, index: images.places?.[i] ?? i };
    const map = augmentedMap(shape, moves, place);
    // Before it is cut out, an image may be larger than what the network takes.
    const values = elements(shape) === out.length ? out : new Float32Array(elements(shape));
    read(i, map, values);
    runStages(stages, { shape, values }, place, out);
  };
}

type Read = (i: number, map: PixelMap, out: Float32Array) => void;

function normalisedReader(images: HeldImages, { normalisation, statistics }: InputSpec): Read {
  const { shape } = images;
  if (isNormalisedSet(images)) return (i, map, out) => copyMapped(images.values(i), shape, map, out);
  if (!isByLevel(normalisation))
    throw new RangeError(
      `The normalisation ${normalisation.kind} must be made beforehand, of the whole set.`,
    );
  const table = normalisationTable(normalisation, statistics);
  return (i, map, out) => lookUpMapped(images.pixels(i), shape, table, map, out);
}
