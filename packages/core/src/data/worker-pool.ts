import { Worker } from 'node:worker_threads';
import { UsageError } from '../errors/index.js';
import type { BatchAnswer, BatchJob, WorkerSetup } from './batch-job.js';

export interface WorkerPool {
  /**
   * The inputs of a batch, made by the thread with the fewest batches under way.
   * @throws UsageError for what is wrong with an image.
   */
  inputs(job: Omit<BatchJob, 'id'>): Promise<Float32Array>;
  /** Ends the threads; batches under way are given up. */
  close(): Promise<void>;
}

/** Whether this is the built file, and not its source. */
export const isBuilt = !import.meta.url.endsWith('.ts');

/** Threads run the built file, also where this one is run as a source. */
const WORKER = new URL(isBuilt ? './batch-worker.js' : '../../dist/data/batch-worker.js', import.meta.url);

interface Waiting {
  readonly resolve: (inputs: Float32Array) => void;
  readonly reject: (error: Error) => void;
}

interface Member {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
  /** Why it works no more. */
  ended: Error | undefined;
}

export function openPool(setup: WorkerSetup, size: number): WorkerPool {
  let jobs = 0;
  const members = Array.from({ length: size }, () => start(setup));
  return {
    inputs(job) {
      const [member] = members.toSorted((a, b) => a.waiting.size - b.waiting.size);
      const { worker, waiting, ended } = member as Member;
      if (ended) return Promise.reject(ended);
      const id = jobs++;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        // Only a thread that owes something keeps the process alive.
        worker.ref();
        worker.postMessage({ ...job, id } satisfies BatchJob);
      });
    },
    async close() {
      await Promise.all(members.map(({ worker }) => worker.terminate()));
    },
  };
}

function start(setup: WorkerSetup): Member {
  // What the process was started with (`--eval` …) is not for its threads.
  const worker = new Worker(WORKER, { workerData: setup, execArgv: [] });
  worker.unref();
  const waiting = new Map<number, Waiting>();
  const member: Member = { worker, waiting, ended: undefined };
  const giveUp = (error: Error): void => {
    member.ended ??= error;
    for (const { reject } of waiting.values()) reject(member.ended);
    waiting.clear();
  };
  worker.on('message', (answer: BatchAnswer) => {
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) worker.unref();
    if ('inputs' in answer) asked?.resolve(answer.inputs);
    else asked?.reject(answer.isUsage ? new UsageError(answer.error) : new Error(answer.error));
  });
  worker.on('error', giveUp);
  worker.on('exit', () => giveUp(new Error('The thread of the input pipeline has ended.')));
  return member;
}
