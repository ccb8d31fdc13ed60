import { type JobContext, performJob } from '../perform-job.js';
import type { Executor } from './executor.js';

/** One run at a time in this process: the simplest executor, for tests and for debugging. */
export function inProcessExecutor(context: Omit<JobContext, 'onEvent' | 'signal'>): Executor {
  let running: { readonly controller: AbortController; readonly outcome: Promise<unknown> } | undefined;
  return {
    name: 'in-process',
    start(job, onEvent) {
      if (running) return undefined;
      const controller = new AbortController();
      const outcome = performJob({ ...context, onEvent, signal: controller.signal }, job).finally(() => {
        running = undefined;
      });
      running = { controller, outcome };
      return { outcome, stop: () => controller.abort() };
    },
    async close() {
      running?.controller.abort();
      await running?.outcome;
    },
  };
}
