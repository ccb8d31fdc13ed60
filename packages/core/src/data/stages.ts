import { elements, type Shape } from '../network/index.js';
import { drawDistortion, warped } from './affine.js';
import {
  type AugmentationPlace,
  augmentedMap,
  drawsOf,
  OUTSIDE,
  type PixelMap,
  type PixelMove,
} from './augment.js';
import { drawColourShift } from './colour.js';
import type { FloatImage } from './float-image.js';
import { channelScales, type InputStatistics, isAffine } from './normalise.js';
import type { Augmentation, AugmentationOf, Normalisation } from './preprocessing.js';
import { rescaledCrop } from './rescale-crop.js';

/** What one augmentation makes of a normalised image, which it may write over: nobody else wants it any more. */
export type Stage = (image: FloatImage, place: AugmentationPlace) => FloatImage;

export interface StageOptions {
  /** What the network takes. */
  readonly input: Shape;
  readonly normalisation: Normalisation;
  readonly statistics: InputStatistics;
}

export function stageOf(augmentation: Augmentation, options: StageOptions): Stage {
  switch (augmentation.kind) {
    case 'rescale-crop':
      return (image, place) =>
        rescaledCrop(augmentation, image, options.input, drawsOf('rescale-crop', place));
    case 'pad-crop':
    case 'flip':
      return moveStage(augmentation);
    case 'affine':
      return (image, place) => warped(image, drawDistortion(augmentation, drawsOf('affine', place)));
    case 'pca-colour':
      return colourStage(augmentation, options);
  }
}

/** What the stages, one after the other, make of an image, written into `out`; the image may lie there already. */
export function runStages(
  stages: readonly Stage[],
  image: FloatImage,
  place: AugmentationPlace,
  out: Float32Array,
): void {
  const { values } = stages.reduce((staged, stage) => stage(staged, place), image);
  if (values !== out) out.set(values);
}

function moveStage(move: PixelMove): Stage {
  return ({ shape, values }, place) => {
    const out = new Float32Array(elements(shape));
    copyMapped(values, shape, augmentedMap(shape, [move], place), out);
    return { shape, values: out };
  };
}

function colourStage(
  { deviation }: AugmentationOf<'pca-colour'>,
  { normalisation, statistics }: StageOptions,
): Stage {
  const axes = statistics.colour;
  if (!axes || !isAffine(normalisation))
    throw new RangeError('Colours are shifted along fitted axes, on the scale of the pixels.');
  const scales = channelScales(normalisation, statistics);
  return ({ shape, values }, place) => {
    const shift = drawColourShift(axes, deviation, place);
    const plane = shape[1] * shape[2];
    for (const [c, by] of shift.entries()) {
      const added = by * (scales[c] as number);
      for (let at = c * plane; at < (c + 1) * plane; at++) values[at] = (values[at] as number) + added;
    }
    return { shape, values };
  };
}

/** Moves values. What lies outside stays zero. */
export function copyMapped(
  values: Float32Array,
  [channels, height, width]: Shape,
  { rows, columns }: PixelMap,
  out: Float32Array,
): void {
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < height; y++) {
      const row = rows[y] as number;
      if (row === OUTSIDE) continue;
      const from = (c * height + row) * width;
      const to = (c * height + y) * width;
      for (let x = 0; x < width; x++) {
        const column = columns[x] as number;
        if (column !== OUTSIDE) out[to + x] = values[from + column] as number;
      }
    }
  }
}
