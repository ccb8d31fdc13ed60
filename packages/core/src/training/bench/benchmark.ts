import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { fitInput, openTraining, type PhotoSet } from '../../data/index.js';
import { type BenchNet, median, type Placement, startRunner } from '../../engine/bench/index.js';
import type { WaitingTask } from './waiting.js';

const WORKER = fileURLToPath(new URL('./waiting-worker.js', import.meta.url));

/** Steps of one round: enough to cross an epoch. */
const STEPS = 40;

/** The share of a training step in which the engine waits for its batch, `processes` trainings at a time; the median of several rounds. */
export async function waitingShare(
  engine: string,
  net: BenchNet,
  { threads, processes }: Placement,
  rounds: number,
): Promise<number> {
  const task: WaitingTask = { net, engine, threads };
  const start = () => startRunner({ command: process.execPath, args: [WORKER], task });
  const runners = await Promise.all(Array.from({ length: processes }, start));
  try {
    const shares: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      const found = await Promise.all(runners.map(runner => runner.run(STEPS)));
      // The first round warms up.
      if (round > 0) shares.push(...found);
    }
    return median(shares);
  } finally {
    for (const runner of runners) runner.stop();
  }
}

/** Images a second of one core: seconds are those that all threads together computed. */
export interface PhotoSpeed {
  /** Decoded and scaled by sharp alone. */
  readonly sharp: number;
  /** Ready for training: cropped, flipped, colours shifted, in batches. */
  readonly pipeline: number;
}

const BATCH = 64;
/** Batches of one round. */
const BATCHES = 12;

/**
 * How many photographs a second a core decodes and scales to twice `side` pixels, and how many it makes into inputs of `side` by
 * `side`: medians of several rounds, with all of `threads` cores at work. A training is under way over all of its rounds, so that each begins
 * and ends with equally many batches made ahead.
 */
export async function photoSpeed(
  photos: PhotoSet,
  side: number,
  threads: number,
  rounds: number,
): Promise<PhotoSpeed> {
  const alone: number[] = [];
  for (let round = 0; round <= rounds; round++)
    alone.push(await imagesPerCoreSecond(() => decodeAlone(photos, 2 * side, threads)));
  const augmentation = [
    { kind: 'rescale-crop', smallest: 2 * side, largest: 2 * side },
    { kind: 'flip' },
    { kind: 'pca-colour', deviation: 0.1 },
  ] as const;
  const common = { normalisation: { kind: 'mean-deviation' }, augmentation, input: [3, side, side] } as const;
  const { statistics } = await fitInput(photos, common);
  const options = { ...common, statistics, batchSize: BATCH, seed: 0, threads };
  const { batchAt, stepsPerEpoch, dispose } = openTraining(photos, options);
  const made: number[] = [];
  let step = 0;
  const advance = async (): Promise<void> => {
    for (let i = 0; i < BATCHES; i++, step++)
      await batchAt(Math.floor(step / stepsPerEpoch), step % stepsPerEpoch);
  };
  try {
    for (let round = 0; round <= rounds; round++) made.push(await imagesPerCoreSecond(advance));
  } finally {
    await dispose();
  }
  // The first round warms up.
  return { sharp: median(alone.slice(1)), pipeline: median(made.slice(1)) };
}

async function imagesPerCoreSecond(round: () => Promise<void>): Promise<number> {
  const began = process.cpuUsage();
  await round();
  const { user, system } = process.cpuUsage(began);
  return (1e6 * BATCHES * BATCH) / (user + system);
}

/** As many images as a round has, as many at a time as there are cores, by sharp alone. */
async function decodeAlone(photos: PhotoSet, shorterSide: number, threads: number): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < BATCHES * BATCH) {
      const bytes = await photos.encoded(next++ % photos.count);
      await sharp(bytes).resize({ width: shorterSide, height: shorterSide, fit: 'outside' }).raw().toBuffer();
    }
  };
  await Promise.all(Array.from({ length: threads }, work));
}
