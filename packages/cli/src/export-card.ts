import { type FittedInput, isPhotoSet, openDataSet } from '@strata/core/data';
import type { State } from '@strata/core/engine';
import { UsageError } from '@strata/core/errors';
import type { ExportedFiles } from '@strata/core/export';
import { buildModel } from '@strata/core/models';
import { elements, type Shape } from '@strata/core/network';
import { encodeSafetensors } from '@strata/core/training';
import { imagesNeeded } from '@strata/experiments/plan';
import { fitToTraining } from '@strata/experiments/runner';
import type { Run } from '@strata/experiments/store';
import { fromUser } from './paths.js';

/** What whoever uses an exported network has to know: what it is, and how images are prepared for it. */
export async function exportCard(run: Run, dataDir: string | undefined) {
  const { input, classes } = buildModel(run.model);
  const { files, ...preprocessing } = await preprocessingOf(run, dataDir);
  const card = {
    model: run.model,
    input,
    classes,
    dataset: run.dataset,
    seed: run.seed,
    preprocessing: { pixels: '0 to 255', ...preprocessing },
    layout: {
      safetensors: 'images as in onnx',
      onnx: 'batch, channels, height, width',
      tfjs: 'batch, height, width, channels',
    },
  };
  return { card, files };
}

type Preprocessing = Run['recipe']['normalisation'] & {
  readonly classNames: readonly string[] | null;
  readonly mean: readonly number[] | null;
  readonly deviation: readonly number[] | null;
  /** How tensors in a file of their own are applied, where whole images are normalised. */
  readonly tensors?: string;
  readonly files: ExportedFiles;
};

/** Tensors that were fitted to the training images. */
const FITTED = 'preprocessing.safetensors';

/** How the run's images were normalised, with mean and deviation of each channel; these null where the data set is not here. */
async function preprocessingOf(run: Run, dataDir: string | undefined): Promise<Preprocessing> {
  const { dataset, recipe, model } = run;
  const { normalisation } = recipe;
  const nothing = { ...normalisation, classNames: null, mean: null, deviation: null, ...noFiles };
  try {
    const { dataSet } = await openDataSet(dataset.name, {
      ...imagesNeeded(model, recipe),
      ...(dataDir !== undefined && { dataDir: fromUser(dataDir) }),
    });
    if (dataSet.checksum !== dataset.checksum) return nothing;
    const fitted = await fitToTraining(dataSet, run);
    const { mean, deviation } = fitted.statistics;
    const known = { ...normalisation, classNames: dataSet.classes, mean, deviation };
    return { ...known, ...(isPhotoSet(dataSet.train) ? noFiles : tensorsOf(fitted, dataSet.train.shape)) };
  } catch (error) {
    if (error instanceof UsageError) return nothing;
    throw error;
  }
}

const noFiles: Pick<Preprocessing, 'tensors' | 'files'> = { files: new Map() };

/** Where every pixel has statistics of its own: too many for the card. */
function tensorsOf({ meanImage, zca }: FittedInput, shape: Shape): typeof noFiles {
  const file = (tensors: State) => new Map([[FITTED, encodeSafetensors(tensors)]]);
  if (meanImage)
    return {
      tensors: `${FITTED}: mean, taken off the pixels`,
      files: file(new Map([['mean', { shape, data: meanImage }]])),
    };
  if (!zca) return noFiles;
  const size = elements(shape);
  return {
    tensors: `${FITTED}: after gcn, an image less mean, as a row of all its values, times whitening`,
    files: file(
      new Map([
        ['mean', { shape, data: zca.mean }],
        ['whitening', { shape: [size, size], data: zca.matrix }],
      ]),
    ),
  };
}
