import type { PlannedRun } from '../plan/index.js';

/** Runs in the order in which they are best started, and what follows from what. */
export interface RunOrder {
  /** Each run once, those at the head of the longest chain first; parents before those that start from them. */
  readonly runs: readonly PlannedRun[];
  parentsOf(planned: PlannedRun): readonly PlannedRun[];
}

/**
 * List scheduling by critical path (Graham 1969): a run is as urgent as itself and the longest chain behind it take, so
 * that no long run is left over at the end.
 */
export function orderRuns(planned: readonly PlannedRun[], cost: (planned: PlannedRun) => number): RunOrder {
  const runs = [...new Map(planned.map(run => [run.id, run])).values()];
  const byId = new Map(runs.map(run => [run.id, run]));
  const parentsOf = (run: PlannedRun): readonly PlannedRun[] =>
    run.run.parents.flatMap(parent => byId.get(parent.run) ?? []);
  const childrenOf = (run: PlannedRun): readonly PlannedRun[] =>
    runs.filter(other => other.run.parents.some(parent => parent.run === run.id));

  const urgencies = new Map<string, number>();
  const urgency = (run: PlannedRun): number => {
    const known = urgencies.get(run.id) ?? cost(run) + Math.max(0, ...childrenOf(run).map(urgency));
    urgencies.set(run.id, known);
    return known;
  };
  return { runs: runs.toSorted((a, b) => urgency(b) - urgency(a)), parentsOf };
}
