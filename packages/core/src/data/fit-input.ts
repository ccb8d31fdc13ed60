import { createHash } from 'node:crypto';
import { UsageError } from '../errors/index.js';
import { hashJson } from '../hash/index.js';
import type { Shape } from '../network/index.js';
import { checkAugmentations, checkNormalisation } from './check-preprocessing.js';
import { colourAxes } from './colour.js';
import { type ImageSet, type Images, isPhotoSet } from './data-set.js';
import { rememberFitted } from './fitted-cache.js';
import { contrastNormalised } from './gcn.js';
import { testScale } from './input-spec.js';
import { lessMeanImage, meanImage } from './mean-image.js';
import { channelStatistics, type InputStatistics } from './normalise.js';
import type { InputImages } from './normalised-set.js';
import { photoStatistics } from './photo-statistics.js';
import type { Augmentation, Normalisation } from './preprocessing.js';
import { fitZca, whitened, type Zca } from './zca.js';

export interface FitOptions {
  readonly normalisation: Normalisation;
  readonly augmentation: readonly Augmentation[];
  /** `[channels, height, width]` that the network takes. */
  readonly input: Shape;
  /** Where what is slow to fit is kept, and what decides the training images: their set's checksum, their subset. */
  readonly cache?: { readonly cacheDir: string; readonly images: unknown };
}

/** All that was learnt of the training images before a training. */
export interface FittedInput {
  readonly statistics: InputStatistics;
  /** Of the training images, pixel by pixel. */
  readonly meanImage?: Float32Array;
  readonly zca?: Zca;
  /** SHA-256 of everything that was fitted. */
  readonly sha256: string;
}

/** Bumped by hand with every change that alters what is fitted. */
const FIT_VERSION = 1;

/**
 * Looks at the training images, all of them once; photographs and whitening are remembered in the cache.
 * @throws UsageError for a normalisation or an augmentation that these images cannot have.
 */
export async function fitInput(train: Images, options: FitOptions): Promise<FittedInput> {
  const { normalisation, augmentation, input, cache } = options;
  const shape = isPhotoSet(train) ? undefined : train.shape;
  checkAugmentations(augmentation, shape, input);
  checkNormalisation(normalisation, augmentation, shape);
  if (train.count === 0)
    throw new UsageError('A set without images has no mean; give at least one training image.');
  const remember = <T>(what: unknown, fit: () => Promise<T>): Promise<T> =>
    rememberFitted(
      cache && {
        cacheDir: cache.cacheDir,
        key: hashJson({ version: FIT_VERSION, images: cache.images, what }),
      },
      fit,
    );
  if (isPhotoSet(train)) {
    const scale = testScale(augmentation, input);
    const statistics = await remember({ photos: input, scale }, () =>
      photoStatistics(train, augmentation, input),
    );
    return { statistics, sha256: hashOf(statistics) };
  }
  const statistics = heldStatistics(train, augmentation);
  switch (normalisation.kind) {
    case 'mean-image': {
      const mean = meanImage(train);
      return { statistics, meanImage: mean, sha256: hashOf(statistics, mean) };
    }
    case 'zca': {
      const { scale, bias } = normalisation;
      const zca = await remember(normalisation, () => fitZca(contrastNormalised(train, scale), bias));
      return { statistics, zca, sha256: hashOf(statistics, zca.mean, zca.matrix) };
    }
    default:
      return { statistics, sha256: hashOf(statistics) };
  }
}

function heldStatistics(images: ImageSet, augmentation: readonly Augmentation[]): InputStatistics {
  const statistics = channelStatistics(images);
  return augmentation.some(({ kind }) => kind === 'pca-colour')
    ? { ...statistics, colour: colourAxes(images) }
    : statistics;
}

function hashOf(statistics: InputStatistics, ...fitted: readonly Float32Array[]): string {
  const hash = createHash('sha256').update(hashJson(statistics));
  for (const values of fitted) hash.update(values);
  return hash.digest('hex');
}

/** The images as training and tests take them: with the normalisation made where it looks at whole images. */
export async function readyInput(
  images: Images,
  normalisation: Normalisation,
  { meanImage: mean, zca }: FittedInput,
): Promise<InputImages> {
  if (isPhotoSet(images)) return images;
  switch (normalisation.kind) {
    case 'mean-image':
      if (!mean) throw new RangeError('The mean image must be fitted first.');
      return lessMeanImage(images, mean);
    case 'gcn':
      return contrastNormalised(images, normalisation.scale);
    case 'zca':
      if (!zca) throw new RangeError('The whitening must be fitted first.');
      return whitened(contrastNormalised(images, normalisation.scale), zca);
    default:
      return images;
  }
}
