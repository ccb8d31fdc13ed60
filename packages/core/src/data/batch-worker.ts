/** A worker thread that makes the batches of one pipeline. */
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { messageOf, UsageError } from '../errors/index.js';
import { elements } from '../network/index.js';
import type { BatchAnswer, BatchJob, PhotoJob, SharedImages, WorkerSetup } from './batch-job.js';
import { heldInput } from './held-input.js';
import type { HeldImages } from './normalised-set.js';

/** Photographs that one thread has under way: one is decoded while another one's inputs are made. */
const UNDER_WAY = 2;

type Make = (job: BatchJob, out: (at: number) => Float32Array) => Promise<void>;

function heldMaker({ spec }: WorkerSetup, images: SharedImages): Make {
  const write = heldInput(heldImages(images), spec);
  return async ({ members, epoch }, out) => {
    for (const [at, i] of members.entries()) write(i, epoch, out(at));
  };
}

function heldImages({ kind, shape, memory, places }: SharedImages): HeldImages {
  const size = elements(shape);
  const common = { shape, labels: new Uint16Array(), ...(places && { places }) };
  if (kind === 'pixels') {
    const all = new Uint8Array(memory);
    return { ...common, count: all.length / size, pixels: i => all.subarray(i * size, (i + 1) * size) };
  }
  const all = new Float32Array(memory);
  return { ...common, count: all.length / size, values: i => all.subarray(i * size, (i + 1) * size) };
}

function photoMaker({ spec, images: { places } }: WorkerSetup): Make {
  return async ({ members, epoch, photos = [] }, out) => {
    const jobOf = new Map([...members].map((i, at) => [i, photos[at] as PhotoJob]));
    const found = (i: number): PhotoJob => jobOf.get(i) as PhotoJob;
    // Only photographs need the decoder.
    const { photoInput } = await import('./photo-input.js');
    const write = photoInput(
      { encoded: i => bytesOf(found(i)), describe: i => found(i).what, ...(places && { places }) },
      spec,
    );
    let next = 0;
    const work = async (): Promise<void> => {
      while (next < members.length) {
        const at = next++;
        await write(members[at] as number, epoch, out(at));
      }
    };
    await Promise.all(Array.from({ length: UNDER_WAY }, work));
  };
}

/** At once: this thread has nothing better to do, and Node's own threads, through which the other way leads, have images to decode. */
async function bytesOf({ from, what }: PhotoJob): Promise<Uint8Array> {
  if (typeof from !== 'string') return from;
  try {
    return readFileSync(from);
  } catch (error) {
    throw new UsageError(
      `${what}: it cannot be read (${messageOf(error)}); put it there, or make it readable.`,
    );
  }
}

function serve(setup: WorkerSetup): void {
  const port = parentPort;
  if (!port) throw new Error('This file is for worker threads.');
  const { images, spec } = setup;
  const size = elements(spec.input);
  const make = images.kind === 'photos' ? photoMaker(setup) : heldMaker(setup, images);
  const answer = async (job: BatchJob): Promise<void> => {
    const inputs = new Float32Array(job.members.length * size);
    try {
      await make(job, at => inputs.subarray(at * size, (at + 1) * size));
      port.postMessage({ id: job.id, inputs } satisfies BatchAnswer, [inputs.buffer]);
    } catch (error) {
      const isUsage = error instanceof UsageError;
      port.postMessage({ id: job.id, error: messageOf(error), isUsage } satisfies BatchAnswer);
    }
  };
  // One after the other: the batch that is needed first is ready first.
  let last = Promise.resolve();
  port.on('message', (job: BatchJob) => {
    last = last.then(() => answer(job));
  });
}

serve(workerData as WorkerSetup);
