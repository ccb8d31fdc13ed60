/**
 * What VGG's tables on scales, crops and filters share below the paper's size: photographs (Imagenette, 224 pixels) instead of
 * CIFAR's 32-pixel images, on which every S would be upsampling and the last maps one pixel.
 * Crops of 64 pixels stand for the paper's 224, and scales go with them: S = 256, 384, 512 become 73, 110, 146, all below
 * the images' own size. The last maps are 2x2.
 */
import type { Augmentation } from '@strata/core/data';
import type { Recipe } from '@strata/core/training';
import { smallRecipe } from './depth.js';

/** Pixels of a side of the small profiles' crops. */
export const CROP = 64;
export const PAPER_CROP = 224;

/** A scale of the paper, in proportion to crops of another size: 256 of 224 is 73 of 64. */
export function scaleFor(crop: number, paperScale: number): number {
  return Math.round((paperScale * crop) / PAPER_CROP);
}

/** Crops of images whose shorter side is drawn between two of the paper's scales, and flips. */
export function cropsBetween(crop: number, smallest: number, largest = smallest): readonly Augmentation[] {
  return [
    { kind: 'rescale-crop', smallest: scaleFor(crop, smallest), largest: scaleFor(crop, largest) },
    { kind: 'flip' },
  ];
}

/**
 * 1500 photographs are few: batches of 32 give 46 steps an epoch, and 50 epochs 2300 steps. Reasoned from what quarter-width plain
 * nets took on CIFAR-10 (half the images wrong after some 600 steps of 128), not tried on photographs.
 */
export const photographRecipe: Recipe = {
  ...smallRecipe,
  batchSize: 32,
  epochs: 50,
  augmentation: cropsBetween(CROP, 256),
};

export const photographOptions = { input: [3, CROP, CROP], width: 1 / 8, hidden: 128, dropout: 0.2 } as const;

/** Data, options, recipe and seeds of the small profiles; how many images there are is the set's to say: 1500 and 400. */
export const photographProfiles = {
  smoke: {
    dataset: 'imagenette',
    subset: { train: 100, test: 20 },
    options: { ...photographOptions, width: 1 / 16, hidden: 32 },
    recipe: { ...photographRecipe, epochs: 2 },
    seeds: 1,
    startFromTrained: false,
  },
  quick: {
    dataset: 'imagenette',
    subset: { train: 1000, test: 200 },
    options: { ...photographOptions, width: 1 / 16 },
    recipe: { ...photographRecipe, epochs: 10 },
    seeds: 3,
    startFromTrained: false,
  },
  reduced: {
    dataset: 'imagenette',
    subset: { train: 1500, test: 400 },
    options: photographOptions,
    recipe: photographRecipe,
    seeds: 10,
    startFromTrained: false,
  },
} as const;
