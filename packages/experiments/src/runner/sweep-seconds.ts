import type { PlannedRun } from '../plan/index.js';
import { orderRuns } from './order.js';

/**
 * Seconds until all of some runs are over, so many at a time, started as the runner starts them: the most urgent of
 * those whose parents are there. Parents that are not among the runs are over already.
 */
export function sweepSeconds(
  planned: readonly PlannedRun[],
  cost: (planned: PlannedRun) => number,
  slots: number,
): number {
  const { runs, parentsOf } = orderRuns(planned, cost);
  const ends = new Map<PlannedRun, number>();
  const free: number[] = Array.from({ length: Math.max(1, slots) }, () => 0);
  const open = new Set(runs);
  let now = 0;
  while (open.size > 0) {
    const slot = free.findIndex(time => time <= now);
    const ready = [...open].find(run =>
      parentsOf(run).every(parent => (ends.get(parent) ?? Number.POSITIVE_INFINITY) <= now),
    );
    if (slot >= 0 && ready) {
      const end = now + cost(ready);
      free[slot] = end;
      ends.set(ready, end);
      open.delete(ready);
    } else now = Math.min(...[...free, ...ends.values()].filter(time => time > now));
  }
  return Math.max(0, ...ends.values());
}
