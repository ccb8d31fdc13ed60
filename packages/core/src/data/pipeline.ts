import type { Batch } from '../engine/index.js';
import { UsageError } from '../errors/index.js';
import { elements, type Shape } from '../network/index.js';
import { permutation, stream } from '../random/index.js';
import { augmentedMap, checkAugmentations, OUTSIDE, type PixelMap } from './augment.js';
import type { ImageSet } from './data-set.js';
import { type ChannelStatistics, LEVELS, normalisationTable } from './normalise.js';
import type { Augmentation, Normalisation } from './preprocessing.js';

/** How a set's images become inputs: the same for training and evaluation. */
export interface InputOptions {
  readonly batchSize: number;
  readonly normalisation: Normalisation;
  /** Those of the training subset, for the test images too. */
  readonly statistics: ChannelStatistics;
}

export interface TrainingOptions extends InputOptions {
  readonly augmentation: readonly Augmentation[];
  readonly seed: number;
}

/** The batches of a training: a pure function of epoch and step, both counted from 0. */
export interface TrainingInput {
  readonly stepsPerEpoch: number;
  /** Freshly allocated: the caller's to keep. */
  batchAt(epoch: number, step: number): Batch;
  /** The batches of one epoch from a step on. */
  epoch(epoch: number, fromStep?: number): Generator<Batch, void>;
}

/**
 * Shuffled, normalised and augmented batches. Order and augmentation depend on the seed, the epoch and the set alone, never
 * on the network. Images left over at the end of an epoch, too few for a batch, are skipped in it: every step averages
 * over equally many. A set smaller than a batch is one smaller batch.
 */
export function trainingBatches(images: ImageSet, options: TrainingOptions): TrainingInput {
  const { augmentation, seed } = options;
  const batchSize = Math.min(checkedBatchSize(options), images.count);
  const stepsPerEpoch = Math.floor(images.count / batchSize);
  const table = normalisationTable(options.normalisation, options.statistics);
  checkAugmentations(augmentation, images.shape);

  let known: { epoch: number; order: Uint32Array } = { epoch: -1, order: new Uint32Array() };
  const orderOf = (epoch: number): Uint32Array => {
    if (known.epoch !== epoch)
      known = { epoch, order: permutation(images.count, stream(seed, 'shuffle', epoch)) };
    return known.order;
  };

  const batchAt = (epoch: number, step: number): Batch => {
    if (!Number.isInteger(step) || step < 0 || step >= stepsPerEpoch) {
      throw new RangeError(`There is no step ${step} in an epoch of ${stepsPerEpoch}.`);
    }
    const members = orderOf(epoch).subarray(step * batchSize, (step + 1) * batchSize);
    return gather(images, members, (i, out) => {
      const place = { seed, epoch, index: images.places?.[i] ?? i };
      copyMapped(images.pixels(i), images.shape, table, augmentedMap(images.shape, augmentation, place), out);
    });
  };

  return {
    stepsPerEpoch,
    batchAt,
    *epoch(epoch, fromStep = 0) {
      for (let step = fromStep; step < stepsPerEpoch; step++) yield batchAt(epoch, step);
    },
  };
}

/** All images in order, normalised and nothing else; the last batch is smaller where they do not divide. */
export function evaluationBatches(images: ImageSet, options: InputOptions): Iterable<Batch> {
  const batchSize = checkedBatchSize(options);
  const table = normalisationTable(options.normalisation, options.statistics);
  return {
    *[Symbol.iterator]() {
      for (let start = 0; start < images.count; start += batchSize) {
        const count = Math.min(batchSize, images.count - start);
        const members = Uint32Array.from({ length: count }, (_, i) => start + i);
        yield gather(images, members, (i, out) => copy(images.pixels(i), images.shape, table, out));
      }
    },
  };
}

function checkedBatchSize({ batchSize }: InputOptions): number {
  if (Number.isInteger(batchSize) && batchSize >= 1) return batchSize;
  throw new UsageError(`The batch size is ${batchSize}; give a whole number of at least 1.`);
}

/** A batch of the given images, each written by `write` into its part of the input. */
function gather(
  images: ImageSet,
  members: Uint32Array,
  write: (i: number, out: Float32Array) => void,
): Batch {
  const size = elements(images.shape);
  const inputs = new Float32Array(members.length * size);
  members.forEach((i, place) => {
    write(i, inputs.subarray(place * size, (place + 1) * size));
  });
  const labels = Int32Array.from(members, i => images.labels[i] as number);
  return { images: inputs, labels, count: members.length };
}

function copy(
  pixels: Uint8Array,
  [channels, height, width]: Shape,
  table: Float32Array,
  out: Float32Array,
): void {
  const plane = height * width;
  for (let c = 0; c < channels; c++) {
    for (let at = c * plane; at < (c + 1) * plane; at++)
      out[at] = table[c * LEVELS + (pixels[at] as number)] as number;
  }
}

/** Normalises and moves in one pass. What lies outside stays zero, as in an image padded after normalisation. */
function copyMapped(
  pixels: Uint8Array,
  [channels, height, width]: Shape,
  table: Float32Array,
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
        if (column !== OUTSIDE) out[to + x] = table[c * LEVELS + (pixels[from + column] as number)] as number;
      }
    }
  }
}
