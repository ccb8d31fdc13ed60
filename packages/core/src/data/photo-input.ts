import { elements, type Shape } from '../network/index.js';
import { drawsOf } from './augment.js';
import { decodePhoto } from './decode.js';
import { centred, type FloatImage } from './float-image.js';
import { type Epoch, type InputSpec, rescaleCropOf, testScale } from './input-spec.js';
import { lookUp } from './look-up.js';
import { isByLevel, normalisationTable } from './normalise.js';
import type { DecodedPhoto, PhotoSet } from './photo-set.js';
import { drawScale, drawWindow } from './rescale.js';
import { stageOf } from './stages.js';

/** Of a `PhotoSet`, what making inputs needs: all that a worker thread is sent. */
export type Photos = Pick<PhotoSet, 'encoded' | 'describe' | 'places'>;

/** Writes the input that photograph `i` is in an epoch into `out`. */
export type WritePhotoInput = (i: number, epoch: Epoch, out: Float32Array) => Promise<void>;

/** For photographs: decoded and scaled by sharp, cut out, normalised, and then augmented. */
export function photoInput(photos: Photos, spec: InputSpec): WritePhotoInput {
  const { augmentation, input, seed } = spec;
  const table = tableOf(spec);
  const stages = augmentation.slice(rescaleCropOf(augmentation) ? 1 : 0).map(step => stageOf(step, spec));
  return async (i, epoch, out) => {
    if (epoch === 'test') return lookUp((await testCrop(photos, i, spec)).pixels, input, table, out);
    const place = { seed, epoch, index: photos.places?.[i] ?? i };
    const { pixels } = await trainingCrop(photos, i, spec, epoch);
    if (stages.length === 0) return lookUp(pixels, input, table, out);
    const values = new Float32Array(elements(input));
    lookUp(pixels, input, table, values);
    out.set(
      stages.reduce<FloatImage>((image, stage) => stage(image, place), { shape: input, values }).values,
    );
  };
}

/** Photograph `i` normalised; its shorter side scaled to `shorterSide`, unless that is left out. */
export async function photoImage(
  photos: Photos,
  i: number,
  spec: Pick<InputSpec, 'normalisation' | 'statistics'>,
  shorterSide?: number,
): Promise<FloatImage> {
  const { height, width, pixels } = await decodePhoto(await photos.encoded(i), {
    what: photos.describe(i),
    ...(shorterSide !== undefined && { shorterSide }),
  });
  const values = new Float32Array(pixels.length);
  const shape: Shape = [3, height, width];
  lookUp(pixels, shape, tableOf(spec), values);
  return { shape, values };
}

/** The middle of photograph `i` at the scale of tests. */
export async function testCrop(
  photos: Photos,
  i: number,
  { augmentation, input }: Pick<InputSpec, 'augmentation' | 'input'>,
): Promise<DecodedPhoto> {
  return decodePhoto(await photos.encoded(i), {
    what: photos.describe(i),
    shorterSide: testScale(augmentation, input),
    window: (height, width) => centred([height, width], input[1], input[2]),
  });
}

async function trainingCrop(
  photos: Photos,
  i: number,
  spec: InputSpec,
  epoch: number,
): Promise<DecodedPhoto> {
  const crop = rescaleCropOf(spec.augmentation);
  if (!crop) return testCrop(photos, i, spec);
  const draws = drawsOf('rescale-crop', { seed: spec.seed, epoch, index: photos.places?.[i] ?? i });
  return decodePhoto(await photos.encoded(i), {
    what: photos.describe(i),
    shorterSide: drawScale(crop, draws),
    window: (height, width) => drawWindow([height, width], spec.input, draws),
  });
}

function tableOf({
  normalisation,
  statistics,
}: Pick<InputSpec, 'normalisation' | 'statistics'>): Float32Array {
  if (!isByLevel(normalisation))
    throw new RangeError(`Photographs cannot be normalised by ${normalisation.kind}.`);
  return normalisationTable(normalisation, statistics);
}
