import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { HeartbeatTask } from './heartbeat-worker.js';

export interface Heartbeat {
  /** Aborted once the lease has gone to another. */
  readonly lost: AbortSignal;
  stop(): Promise<void>;
}

/** The built file, also where the sources are run. */
const script = fileURLToPath(new URL('../../dist/store/heartbeat-worker.js', import.meta.url));

/** Shows that this process lives, from a thread of its own: engines block the event loop for as long as a step takes. */
export function startHeartbeat(task: HeartbeatTask): Heartbeat {
  const controller = new AbortController();
  const worker = new Worker(script, { workerData: task });
  worker.on('message', () => controller.abort());
  worker.unref();
  return {
    lost: controller.signal,
    stop: async () => void (await worker.terminate()),
  };
}
