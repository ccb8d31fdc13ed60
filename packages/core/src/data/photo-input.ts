import { augmentedMap, drawsOf, leadingMoves } from './augment.js';
import { decodePhoto } from './decode.js';
import { type InputSpec, rescaleCropOf, testScale } from './input-spec.js';
import { lookUpMapped } from './look-up.js';
import { isByLevel, normalisationTable } from './normalise.js';
import type { DecodedPhoto, PhotoSet } from './photo-set.js';
import { drawScale, drawWindow } from './rescale-crop.js';
import { runStages, stageOf } from './stages.js';
import { centred, whole } from './view.js';

/** Of a `PhotoSet`, what making inputs needs: all that a worker thread is sent. */
export type Photos = Pick<PhotoSet, 'encoded' | 'describe' | 'places'>;

/** Writes the input that photograph `i` is in an epoch into `out`, which holds zeros. */
export type WritePhotoInput = (i: number, epoch: number, out: Float32Array) => Promise<void>;

/** For photographs: decoded and scaled by sharp, cut out, normalised, and then augmented. */
export function photoInput(photos: Photos, spec: InputSpec): WritePhotoInput {
  const { augmentation, input, seed, normalisation, statistics } = spec;
  if (!isByLevel(normalisation))
    throw new RangeError(`Photographs cannot be normalised by ${normalisation.kind}.`);
  const table = normalisationTable(normalisation, statistics);
  const { moves, others } = leadingMoves(augmentation.slice(rescaleCropOf(augmentation) ? 1 : 0));
  const stages = others.map(step => stageOf(step, spec));
  return async (i, epoch, out) => {
    const place = { seed, epoch, index: photos.places?.[i] ?? i };
    const { pixels } = await trainingCrop(photos, i, spec, epoch);
    const map = augmentedMap(input, moves, place);
    lookUpMapped(pixels, input, table, map, out);
    runStages(stages, { shape: input, values: out }, place, out);
  };
}

/** The middle of photograph `i` at the scale of tests. */
export async function centreCrop(
  photos: Photos,
  i: number,
  { augmentation, input }: Pick<InputSpec, 'augmentation' | 'input'>,
): Promise<DecodedPhoto> {
  const [, height, width] = input;
  return decodePhoto(await photos.encoded(i), {
    what: photos.describe(i),
    shorterSide: testScale(augmentation, input),
    window: scaled => centred(whole(scaled), { height, width }),
  });
}

async function trainingCrop(
  photos: Photos,
  i: number,
  spec: InputSpec,
  epoch: number,
): Promise<DecodedPhoto> {
  const crop = rescaleCropOf(spec.augmentation);
  if (!crop) return centreCrop(photos, i, spec);
  const draws = drawsOf('rescale-crop', { seed: spec.seed, epoch, index: photos.places?.[i] ?? i });
  return decodePhoto(await photos.encoded(i), {
    what: photos.describe(i),
    shorterSide: drawScale(crop, draws),
    window: scaled => drawWindow(scaled, spec.input, draws),
  });
}
