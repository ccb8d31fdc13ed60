import type { FromJob, ToJob } from './job-task.js';
import { type PerformOptions, performTask } from './perform-task.js';

export type ServeOptions = Pick<PerformOptions, 'onStage'>;

/**
 * Does one job for the parent process, which speaks through the IPC channel, and exits. A parent that is gone, however it
 * died, closes the channel: then, as on SIGTERM, the job keeps what it has done and ends. SIGINT reaches the
 * whole terminal group, and what it means is the parent's to say.
 */
export function serveJob(options: ServeOptions = {}): void {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  const { signal } = controller;
  process.on('SIGINT', () => {});
  process.on('SIGTERM', stop);
  process.on('disconnect', stop);
  process.on('message', (message: ToJob) => {
    if (message.type === 'stop') return stop();
    void performTask(message.task, {
      ...options,
      signal,
      onEvent: event => tell({ type: 'event', event }),
    }).then(outcome => {
      tell({ type: 'outcome', outcome }, () => process.exit(0));
    });
  });
}

function tell(message: FromJob, then: () => void = () => {}): void {
  if (process.connected) process.send?.(message, undefined, undefined, then);
  else then();
}
