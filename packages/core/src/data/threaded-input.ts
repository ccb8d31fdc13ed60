import { availableParallelism } from 'node:os';
import type { Batch } from '../engine/index.js';
import { elements } from '../network/index.js';
import type { BatchJob, PhotoJob, SharedImages, SharedPhotos } from './batch-job.js';
import type { InputSpec } from './input-spec.js';
import { type HeldImages, type InputImages, isHeld, isNormalisedSet } from './normalised-set.js';
import type { PhotoSet } from './photo-set.js';
import { batchOf, inputSpec, type TrainingOptions, trainingBatches, trainingOrder } from './pipeline.js';
import { prefetched } from './prefetch.js';
import { isBuilt, openPool, type WorkerPool } from './worker-pool.js';

export interface ThreadOptions {
  /** Worker threads; none makes held images in the calling thread. Chosen by what there is to do when left out. */
  readonly workers?: number;
  /** Cores that the training may use; all when left out. No more photographs than that are decoded at once. */
  readonly threads?: number;
  /** Batches that are made ahead of the one asked for. */
  readonly depth?: number;
}

export interface ThreadedTrainingOptions extends TrainingOptions, ThreadOptions {
  /** Nothing beyond them is made ahead. */
  readonly epochs?: number;
}

/** As `TrainingInput`, made in threads. */
export interface ThreadedTraining {
  readonly stepsPerEpoch: number;
  /** @throws UsageError for an image that is missing or damaged, naming it. */
  batchAt(epoch: number, step: number): Batch | Promise<Batch>;
  /** Ends the threads. */
  dispose(): Promise<void>;
}

/** The batches of `trainingBatches`, of photographs too: the same bits whatever the number of threads. */
export function openTraining(images: InputImages, options: ThreadedTrainingOptions): ThreadedTraining {
  const { workers = usualWorkers(images, options), depth = usualDepth(workers), epochs } = options;
  if (workers === 0 && isHeld(images))
    return { ...trainingBatches(images, options), dispose: async () => {} };
  const { stepsPerEpoch, membersAt } = trainingOrder(images, options);
  const pool = batchPool(images, inputSpec(images, options), workers);
  const batches = prefetched(
    n => {
      const epoch = Math.floor(n / stepsPerEpoch);
      return pool.batch(membersAt(epoch, n % stepsPerEpoch), epoch);
    },
    depth,
    epochs === undefined ? undefined : epochs * stepsPerEpoch,
  );
  return {
    stepsPerEpoch,
    async batchAt(epoch, step) {
      // Refuses a step that an epoch does not have.
      membersAt(epoch, step);
      return batches.get(epoch * stepsPerEpoch + step);
    },
    dispose: pool.close,
  };
}

/** Photographs are decoded on the threads that Node keeps for such work, of which a process has so many by default. */
const DECODERS = 4;

/**
 * One thread makes batches of held images faster than any engine trains; in the calling thread they would take up to 4 % of
 * a narrow net's step. Sources, which only tests run, need no build for them: the bits are the same.
 */
function usualWorkers(
  images: InputImages,
  { threads = availableParallelism() }: TrainingOptions & ThreadOptions,
): number {
  if (isHeld(images)) return isBuilt ? 1 : 0;
  return Math.max(1, Math.min(DECODERS, threads));
}

/** Each thread has a batch to make while the engine holds up the calling thread, and one more to begin. */
function usualDepth(workers: number): number {
  return 2 * workers;
}

interface BatchPool {
  batch(members: Uint32Array, epoch: number): Promise<Batch>;
  close(): Promise<void>;
}

function batchPool(images: InputImages, spec: InputSpec, workers: number): BatchPool {
  const held = isHeld(images);
  const shared = held ? sharedImages(images) : sharedPhotos(images);
  const pool: WorkerPool = openPool({ spec, images: shared }, Math.max(1, workers));
  return {
    async batch(members, epoch) {
      const job: Omit<BatchJob, 'id'> = { members: members.slice(), epoch };
      const inputs = await pool.inputs(held ? job : { ...job, photos: await photoJobs(images, members) });
      return batchOf(images, members, inputs);
    },
    close: pool.close,
  };
}

function sharedImages(images: HeldImages): SharedImages {
  const { count, shape, places } = images;
  const size = elements(shape);
  const common = { shape, ...(places && { places }) };
  if (isNormalisedSet(images)) {
    const memory = new SharedArrayBuffer(count * size * Float32Array.BYTES_PER_ELEMENT);
    const all = new Float32Array(memory);
    for (let i = 0; i < count; i++) all.set(images.values(i), i * size);
    return { kind: 'values', memory, ...common };
  }
  const memory = new SharedArrayBuffer(count * size);
  const all = new Uint8Array(memory);
  for (let i = 0; i < count; i++) all.set(images.pixels(i), i * size);
  return { kind: 'pixels', memory, ...common };
}

function sharedPhotos({ places }: PhotoSet): SharedPhotos {
  return { kind: 'photos', ...(places && { places }) };
}

function photoJobs(photos: PhotoSet, members: Uint32Array): Promise<PhotoJob[]> {
  return Promise.all(
    Array.from(members, async i => ({
      what: photos.describe(i),
      from: photos.file?.(i) ?? (await photos.encoded(i)),
    })),
  );
}
