/**
 * Inception v1 (GoogLeNet, Szegedy et al. 2014, arXiv:1409.4842): data and recipes that its tables share (section 6).
 *
 * The paper gives momentum 0.9, a rate that falls by 4 % every 8 epochs, and crops of 8 to 100 % of the image's area; it gives
 * neither the first rate, the batch, the number of epochs nor the weight decay: 0.01, 128, 240 and 0.0002 are ours. Not expressed:
 * asynchronous updates, Polyak averages, aspect ratios from 3/4 to 4/3, photometric distortions.
 *
 * Small sizes train on photographs (Imagenette, 224 pixels): at 32 pixels the last modules would see one pixel. Crops of 64 stand for
 * 224, of 19 to 100 % of the area, since fewer pixels than the crop has would be upsampled. Inputs have unit deviation, and LRN's
 * alpha, meant for 0–255, is multiplied by the pixels' deviation squared. Batches of 32 give 2300 steps on 1500 images.
 */
import type { Augmentation } from '@strata/core/data';
import type { Recipe } from '@strata/core/training';
import type { Profile } from '../experiment.js';

const CROP = 64;
const PAPER_CROP = 224;
/** Deviation of natural images' pixels on the 0–255 scale. */
const PIXEL_DEVIATION = 64;

const EPOCHS = 240;
const DROP_EVERY = 8;

/** Of square images: a scale of s times the crop shows 1 / s² of the area. */
function cropsOf(crop: number, smallestShare: number): readonly Augmentation[] {
  return [
    { kind: 'rescale-crop', smallest: crop, largest: Math.round(crop / Math.sqrt(smallestShare)) },
    { kind: 'flip' },
  ];
}

const paperRecipe: Recipe = {
  epochs: EPOCHS,
  batchSize: 128,
  optimizer: {
    kind: 'sgd',
    form: 'scaled-velocity',
    momentum: 0.9,
    nesterov: false,
    weightDecay: 2e-4,
    decayOn: 'all',
  },
  schedule: {
    kind: 'steps',
    initial: 0.01,
    dropAt: Array.from({ length: EPOCHS / DROP_EVERY - 1 }, (_, i) => ((i + 1) * DROP_EVERY) / EPOCHS),
    factor: 0.96,
    warmUpSteps: 0,
  },
  initialisation: { kind: 'glorot', bias: 0 },
  normalisation: { kind: 'mean' },
  augmentation: cropsOf(PAPER_CROP, 0.08),
};

const smallRecipe: Recipe = {
  ...paperRecipe,
  epochs: 50,
  batchSize: 32,
  schedule: { kind: 'steps', initial: 0.02, dropAt: [0.6, 0.85], factor: 0.1, warmUpSteps: 50 },
  initialisation: { kind: 'msra', bias: 0 },
  normalisation: { kind: 'mean-deviation' },
  augmentation: cropsOf(CROP, 0.19),
};

const small = {
  dataset: 'imagenette',
  startFromTrained: false,
} as const;

function optionsOf(width: number): Profile['options'] {
  return { input: [3, CROP, CROP], width, lrnAlpha: 1e-4 * PIXEL_DEVIATION ** 2 };
}

type SharedProfile = Omit<Profile, 'purpose'>;

/** The four sizes, at `reduced` of that width. */
export function inceptionProfiles(
  reducedWidth: number,
): Readonly<Record<'smoke' | 'quick' | 'reduced' | 'paper', SharedProfile>> {
  return {
    smoke: {
      ...small,
      subset: { train: 100, test: 20 },
      options: optionsOf(1 / 16),
      recipe: { ...smallRecipe, epochs: 2 },
      seeds: 1,
    },
    quick: {
      ...small,
      subset: { train: 1000, test: 200 },
      options: optionsOf(1 / 8),
      recipe: { ...smallRecipe, epochs: 8 },
      seeds: 3,
    },
    reduced: {
      ...small,
      subset: { train: 1500, test: 400 },
      options: optionsOf(reducedWidth),
      recipe: smallRecipe,
      seeds: 10,
    },
    paper: {
      dataset: 'imagenet',
      subset: { train: 1_281_167, test: 50_000 },
      options: { input: [3, PAPER_CROP, PAPER_CROP], classes: 1000, width: 1 },
      recipe: paperRecipe,
      seeds: 1,
      startFromTrained: false,
    },
  };
}

/** The paper's scales, in proportion to the crop. */
export function scalesAt(size: 'small' | 'paper', ...scales: readonly number[]): readonly number[] {
  return size === 'paper' ? scales : scales.map(scale => Math.round((scale * CROP) / PAPER_CROP));
}

export const INCEPTION_PROXY =
  'narrow nets on 64-pixel crops of ten classes for the published net on ImageNet';
