import type { Batch } from '../engine/index.js';
import { UsageError } from '../errors/index.js';
import { elements, type Shape } from '../network/index.js';
import { permutation, stream } from '../random/index.js';
import { checkAugmentations, checkNormalisation } from './check-preprocessing.js';
import { heldInput } from './held-input.js';
import type { InputSpec } from './input-spec.js';
import type { InputStatistics } from './normalise.js';
import { type HeldImages, type InputImages, isHeld } from './normalised-set.js';
import type { Augmentation, Normalisation } from './preprocessing.js';

export interface TrainingOptions {
  readonly batchSize: number;
  readonly normalisation: Normalisation;
  /** Those of the images. */
  readonly statistics: InputStatistics;
  /** `[channels, height, width]` that the network takes; the images' own where they have one size, unless given. */
  readonly input?: Shape;
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
export function trainingBatches(images: HeldImages, options: TrainingOptions): TrainingInput {
  const { stepsPerEpoch, membersAt } = trainingOrder(images, options);
  const spec = inputSpec(images, options);
  const write = heldInput(images, spec);
  const batchAt = (epoch: number, step: number): Batch =>
    gather(images, spec.input, membersAt(epoch, step), (i, out) => write(i, epoch, out));
  return {
    stepsPerEpoch,
    batchAt,
    *epoch(epoch, fromStep = 0) {
      for (let step = fromStep; step < stepsPerEpoch; step++) yield batchAt(epoch, step);
    },
  };
}

export interface TrainingOrder {
  readonly stepsPerEpoch: number;
  /** The images of a batch. @throws RangeError for a step that an epoch does not have. */
  membersAt(epoch: number, step: number): Uint32Array;
}

export function trainingOrder(
  { count }: InputImages,
  { batchSize: asked, seed }: Pick<TrainingOptions, 'batchSize' | 'seed'>,
): TrainingOrder {
  const batchSize = Math.min(checkedBatchSize(asked), count);
  const stepsPerEpoch = Math.floor(count / batchSize);
  // Two epochs, since batches of the next one are made ahead while this one ends.
  const known = new Map<number, Uint32Array>();
  const orderOf = (epoch: number): Uint32Array => {
    const order = known.get(epoch) ?? permutation(count, stream(seed, 'shuffle', epoch));
    for (const other of known.keys()) if (other !== epoch - 1 && other !== epoch + 1) known.delete(other);
    known.set(epoch, order);
    return order;
  };
  return {
    stepsPerEpoch,
    membersAt(epoch, step) {
      if (!Number.isInteger(step) || step < 0 || step >= stepsPerEpoch)
        throw new RangeError(`There is no step ${step} in an epoch of ${stepsPerEpoch}.`);
      return orderOf(epoch).subarray(step * batchSize, (step + 1) * batchSize);
    },
  };
}

/** @throws UsageError for augmentations that these images cannot take. */
export function inputSpec(images: InputImages, options: TrainingOptions): InputSpec {
  const { normalisation, statistics, augmentation, seed } = options;
  const shape = isHeld(images) ? images.shape : undefined;
  const input = options.input ?? shape;
  checkAugmentations(augmentation, shape, input);
  checkNormalisation(normalisation, augmentation, shape);
  return { input: input as Shape, normalisation, statistics, augmentation, seed };
}

function checkedBatchSize(batchSize: number): number {
  if (Number.isInteger(batchSize) && batchSize >= 1) return batchSize;
  throw new UsageError(`The batch size is ${batchSize}; give a whole number of at least 1.`);
}

/** A batch of the given images, each written by `write` into its part of the input. */
function gather(
  images: InputImages,
  input: Shape,
  members: Uint32Array,
  write: (i: number, out: Float32Array) => void,
): Batch {
  const size = elements(input);
  const inputs = new Float32Array(members.length * size);
  for (const [place, i] of members.entries()) write(i, inputs.subarray(place * size, (place + 1) * size));
  return batchOf(images, members, inputs);
}

export function batchOf({ labels }: InputImages, members: Uint32Array, inputs: Float32Array): Batch {
  return {
    images: inputs,
    labels: Int32Array.from(members, i => labels[i] as number),
    count: members.length,
  };
}
