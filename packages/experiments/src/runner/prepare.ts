import {
  cacheDir,
  type DataSet,
  type FittedInput,
  fitInput,
  type Images,
  type InputImages,
  readyInput,
  subsetOf,
} from '@strata/core/data';
import { buildModel } from '@strata/core/models';
import type { Shape } from '@strata/core/network';
import type { Run } from '../store/index.js';

/** The images that a run trains and is tested on, ready to be read, and all that makes inputs of them. */
export interface PreparedData extends FittedInput {
  readonly train: InputImages;
  readonly test: InputImages;
  /** Where the run holds some of the training images back. */
  readonly validation: InputImages | undefined;
  /** `[channels, height, width]` that the network takes. */
  readonly input: Shape;
}

const prepared = new WeakMap<DataSet, Map<string, Promise<PreparedData>>>();

/** Draws a run's subsets and fits its normalisation to them; runs that prepare the same images alike share the work. */
export function prepareData(data: DataSet, run: Run): Promise<PreparedData> {
  const known = prepared.get(data) ?? new Map<string, Promise<PreparedData>>();
  prepared.set(data, known);
  const { input } = buildModel(run.model);
  const { normalisation, augmentation } = run.recipe;
  const key = JSON.stringify([run.dataset.subset, input, normalisation, augmentation]);
  const ready = known.get(key) ?? prepare(data, run, input);
  known.set(key, ready);
  return ready;
}

async function prepare(data: DataSet, run: Run, input: Shape): Promise<PreparedData> {
  const { dataset, recipe } = run;
  const { train, test, validation } = subsetOf<Images>(data, dataset.subset);
  const fitted = await fitToTraining(data, run);
  const ready = (half: Images): Promise<InputImages> => readyInput(half, recipe.normalisation, fitted);
  return {
    ...fitted,
    train: await ready(train),
    test: await ready(test),
    validation: validation && (await ready(validation)),
    input,
  };
}

/** What a run's normalisation learns of its training images. */
export function fitToTraining(data: DataSet, { dataset, model, recipe }: Run): Promise<FittedInput> {
  const { train } = subsetOf<Images>(data, dataset.subset);
  const { normalisation, augmentation } = recipe;
  const { input } = buildModel(model);
  const images = {
    checksum: data.checksum,
    train: dataset.subset.train,
    validation: dataset.subset.validation,
  };
  return fitInput(train, { normalisation, augmentation, input, cache: { cacheDir: cacheDir(), images } });
}
