import type { TrainingEvent } from '@strata/core/training';
import type { Attempt } from '../store/index.js';

/** Step events kept of one training; epochs are all kept. */
const KEPT_STEPS = 500;
const FLUSH_MS = 2000;

export interface EventRecord {
  /** All that are kept so far, those of earlier attempts too. */
  readonly events: readonly TrainingEvent[];
  begin(start: TrainingEvent, earlier: readonly TrainingEvent[]): Promise<void>;
  add(event: TrainingEvent): Promise<void>;
  flush(): Promise<void>;
}

/** Keeps events in memory for the next checkpoint, and writes them now and then. A training has one start, the last. */
export function eventRecord(attempt: Attempt, steps: number): EventRecord {
  const every = Math.ceil(steps / KEPT_STEPS);
  let events: TrainingEvent[] = [];
  let written = 0;
  let flushed = performance.now();
  const flush = async (): Promise<void> => {
    await attempt.append(events.slice(written));
    written = events.length;
    flushed = performance.now();
  };
  return {
    get events() {
      return events;
    },
    async begin(start, earlier) {
      events = [start, ...earlier.filter(({ type }) => type !== 'start' && type !== 'end')];
      written = events.length;
      await attempt.beginEvents(events);
    },
    async add(event) {
      if (event.type === 'step' && event.step % every !== 0) return;
      events.push(event);
      if (performance.now() - flushed > FLUSH_MS) await flush();
    },
    flush,
  };
}
