import { checkAugmentations, checkNormalisation } from '@strata/core/data';
import { UsageError } from '@strata/core/errors';
import type { Experiment } from '../catalog/index.js';
import { checkRecipe } from './check-recipe.js';
import type { PlannedData } from './planned-data.js';
import type { VariantSettings } from './variant-settings.js';

/** @throws UsageError for what cannot be trained, or not on these data. */
export function checkVariant(experiment: Experiment, settings: VariantSettings, data: PlannedData): void {
  checkRecipe(settings.recipe);
  checkNumbers(settings);
  checkValidation(settings);
  checkSize(experiment, settings, data);
}

/** @throws UsageError for a value with which nothing could be trained, naming it. */
function checkNumbers({ recipe, subset }: VariantSettings): void {
  const { schedule, optimizer } = recipe;
  const counts = {
    'recipe.epochs': recipe.epochs,
    'recipe.batchSize': recipe.batchSize,
    'subset.train': subset.train ?? 1,
    'subset.test': subset.test ?? 1,
    'subset.validation': subset.validation ?? 1,
  };
  for (const [key, value] of Object.entries(counts)) {
    if (!Number.isInteger(value) || value < 1) {
      throw new UsageError(`${key} is ${value}; expected a whole number above 0.`);
    }
  }
  const rates = {
    'recipe.schedule.initial': schedule.initial,
    'recipe.schedule.factor': schedule.factor,
    'recipe.schedule.warmUpSteps': schedule.warmUpSteps,
    'recipe.optimizer.momentum': optimizer.momentum,
    'recipe.optimizer.weightDecay': optimizer.weightDecay,
  };
  for (const [key, value] of Object.entries(rates)) {
    if (!Number.isFinite(value) || value < 0)
      throw new UsageError(`${key} is ${value}; expected a number of at least 0.`);
  }
}

/** @throws UsageError when a schedule goes by images that nobody holds back. */
function checkValidation({ recipe, subset }: VariantSettings): void {
  if (recipe.schedule.kind === 'plateau' && subset.validation === undefined) {
    throw new UsageError(
      'recipe.schedule drops by the validation error, and subset.validation is not set; hold some training images back, as --set subset.validation=500.',
    );
  }
}

function checkSize(experiment: Experiment, settings: VariantSettings, data: PlannedData): void {
  checkInput(experiment, settings, data);
  const { subset } = settings;
  for (const half of ['train', 'test'] as const) {
    const asked = subset[half];
    const held = half === 'train' ? (subset.validation ?? 0) : 0;
    if ((asked ?? 1) + held > data[half]) {
      const beside = held > 0 ? ` beside ${held} for validation` : '';
      throw new UsageError(
        `${experiment.name} wants ${asked ?? 'some'} ${half} images${beside}, and ${data.name} has ${data[half]} here; use --set subset.${half}=${Math.max(1, data[half] - held)}, or get the whole set.`,
      );
    }
  }
}

/** @throws UsageError where the recipe cannot make the network's inputs of these images. */
function checkInput(
  experiment: Experiment,
  { model, recipe }: VariantSettings,
  { name, shape }: PlannedData,
): void {
  const { input } = model.options;
  const { augmentation, normalisation } = recipe;
  const isCropped = augmentation.some(({ kind }) => kind === 'rescale-crop');
  if (shape && !isCropped && input.join() !== shape.join()) {
    throw new UsageError(
      `${experiment.name} wants ${input.join('x')} images, and ${name} has ${shape.join('x')}; set options.input, or use another --dataset.`,
    );
  }
  if (!shape && !isCropped) {
    const [, height, width] = input;
    throw new UsageError(
      `${name} holds photographs of many sizes, and the recipe of ${experiment.name} does not crop them; put {"kind":"rescale-crop","smallest":${Math.max(height, width)},"largest":${2 * Math.max(height, width)}} first in recipe.augmentation, or use another --dataset.`,
    );
  }
  checkAugmentations(augmentation, shape ?? undefined, input);
  checkNormalisation(normalisation, augmentation, shape ?? undefined);
}
