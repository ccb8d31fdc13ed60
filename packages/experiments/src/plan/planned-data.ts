import type { OpenedDataSet, OpenOptions } from '@strata/core/data';
import type { ModelSpec } from '@strata/core/models';
import type { Shape } from '@strata/core/network';
import type { Recipe } from '@strata/core/training';
import type { Experiment, Profile } from '../catalog/index.js';
import type { PlanRequest } from './plan.js';
import { settingsOf, type VariantSettings, variantsAt } from './variant-settings.js';

/** What a plan needs to know of the data: nothing is read for it. */
export interface PlannedData {
  readonly name: string;
  readonly checksum: string;
  /** Null for photographs, each of its own size. */
  readonly shape: Shape | null;
  readonly classes: number;
  /** Images there are. */
  readonly train: number;
  readonly test: number;
  /** Said where the set stands in for another. */
  readonly note: string | null;
}

/** An opened set, as a plan needs it. */
export function plannedData({ dataSet, note }: OpenedDataSet): PlannedData {
  const { name, checksum, shape = null, classes, train, test } = dataSet;
  return {
    name,
    checksum,
    shape,
    classes: classes.length,
    train: train.count,
    test: test.count,
    note,
  };
}

/** What the images of a set must be like for a network that is trained by a recipe. */
export function imagesNeeded(
  { options }: { readonly options: ModelSpec['options'] },
  { augmentation }: Pick<Recipe, 'augmentation'>,
): Pick<OpenOptions, 'imageShape' | 'isCropped'> {
  return {
    ...(options.input && { imageShape: options.input }),
    isCropped: augmentation.some(({ kind }) => kind === 'rescale-crop'),
  };
}

/** The data that a profile names, as large as it says, for planning where the sets themselves cannot be opened. */
export function declaredData(
  experiment: Experiment,
  profile: Profile,
): Required<Pick<PlanRequest, 'data' | 'otherData'>> {
  const declared = (
    name: string,
    { subset, model }: Pick<VariantSettings, 'subset' | 'model'>,
  ): PlannedData => ({
    name,
    checksum: 'not read',
    shape: model.options.input,
    classes: model.options.classes ?? 10,
    train: (subset.train ?? 0) + (subset.validation ?? 0),
    test: subset.test ?? 0,
    note: null,
  });
  const { dataset, subset, options } = profile;
  const others = variantsAt(experiment, profile)
    .map(variant => settingsOf(profile, variant))
    .filter(settings => settings.dataset !== dataset)
    // Of several variants on a set the largest needs it.
    .toSorted((a, b) => (a.subset.train ?? 0) - (b.subset.train ?? 0))
    .map(settings => [settings.dataset, declared(settings.dataset, settings)] as const);
  return {
    data: declared(dataset, { subset, model: { name: '', options } }),
    otherData: Object.fromEntries(others),
  };
}

/** The data of the set that a profile or variant names. */
export function dataNamed(
  { profile, data, otherData }: Pick<PlanRequest, 'profile' | 'data' | 'otherData'>,
  dataset: string,
): PlannedData {
  if (dataset === profile.dataset) return data;
  const found = otherData?.[dataset];
  if (!found) throw new RangeError(`the plan was given no data for ${dataset}`);
  return found;
}
