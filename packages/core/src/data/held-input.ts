import { elements } from '../network/index.js';
import { augmentedMap, isPixelMove, type PixelMap } from './augment.js';
import { centred, cropped, type FloatImage } from './float-image.js';
import { type Epoch, type InputSpec, rescaleCropOf, testScale } from './input-spec.js';
import { lookUp, lookUpMapped } from './look-up.js';
import { isByLevel, normalisationTable } from './normalise.js';
import { type HeldImages, isNormalisedSet } from './normalised-set.js';
import { rescaled, scaledSize } from './rescale.js';
import { copyMapped, stageOf } from './stages.js';

/** Writes the input that image `i` is in an epoch into `out`, which holds zeros. */
export type WriteInput = (i: number, epoch: Epoch, out: Float32Array) => void;

/** For images held in memory. Moves of whole pixels that come first are made in the same pass as the normalisation. */
export function heldInput(images: HeldImages, spec: InputSpec): WriteInput {
  const { augmentation, seed, input } = spec;
  const { shape } = images;
  const read = normalisedReader(images, spec);
  const firstOther = augmentation.findIndex(step => !isPixelMove(step));
  const moves = augmentation.slice(0, firstOther < 0 ? undefined : firstOther).filter(isPixelMove);
  const stages = augmentation.slice(moves.length).map(step => stageOf(step, spec));
  return (i, epoch, out) => {
    if (epoch === 'test') {
      if (!rescaleCropOf(augmentation)) return read(i, out);
      const whole = heldImage(images, i, spec, testScale(augmentation, input));
      out.set(cropped(whole, centred([whole.shape[1], whole.shape[2]], input[1], input[2])).values);
      return;
    }
    const place = { seed, epoch, index: images.places?.[i] ?? i };
    const map = augmentedMap(shape, moves, place);
    if (stages.length === 0) return read(i, out, map);
    const values = new Float32Array(elements(shape));
    read(i, values, map);
    out.set(stages.reduce<FloatImage>((image, stage) => stage(image, place), { shape, values }).values);
  };
}

/** Image `i` normalised; its shorter side scaled to `shorterSide`, unless that is left out. */
export function heldImage(
  images: HeldImages,
  i: number,
  spec: Pick<InputSpec, 'normalisation' | 'statistics'>,
  shorterSide?: number,
): FloatImage {
  const values = new Float32Array(elements(images.shape));
  normalisedReader(images, spec)(i, values);
  const image = { shape: images.shape, values };
  const [, height, width] = images.shape;
  return shorterSide === undefined || shorterSide === Math.min(height, width)
    ? image
    : rescaled(image, scaledSize([height, width], shorterSide));
}

type Read = (i: number, out: Float32Array, map?: PixelMap) => void;

function normalisedReader(
  images: HeldImages,
  { normalisation, statistics }: Pick<InputSpec, 'normalisation' | 'statistics'>,
): Read {
  const { shape } = images;
  if (isNormalisedSet(images)) {
    return (i, out, map) => (map ? copyMapped(images.values(i), shape, map, out) : out.set(images.values(i)));
  }
  if (!isByLevel(normalisation))
    throw new RangeError(
      `The normalisation ${normalisation.kind} must be made beforehand, of the whole set.`,
    );
  const table = normalisationTable(normalisation, statistics);
  return (i, out, map) =>
    map
      ? lookUpMapped(images.pixels(i), shape, table, map, out)
      : lookUp(images.pixels(i), shape, table, out);
}
