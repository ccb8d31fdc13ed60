import type { ExperimentResults } from '@strata/experiments/collect';
import { claimOf } from '@strata/experiments/papers';
import { type Interval, pairsNeeded } from '../statistics/index.js';
import { summaryRows } from './rows.js';

/** A claim of the paper and what can be said of it. */
export interface ClaimRow {
  readonly id: string;
  /** In the paper's sense, one sentence. */
  readonly statement: string;
  /** Where the paper shows it. */
  readonly evidence: string;
  /** Null as long as it has not been judged. */
  readonly verdict: string | null;
  readonly difference: number | null;
  readonly interval: Interval | null;
  /** Seeds with a test error in every variant. */
  readonly n: number;
  /** Paired seeds without which no verdict is possible over all claims of the experiment. */
  readonly needed: number;
}

/** The experiment's claims, recorded and not judged. */
export function claimRows(results: ExperimentResults): readonly ClaimRow[] {
  const { experiment } = results;
  const n = pairedSeeds(results).length;
  const needed = pairsNeeded(experiment.claims.length);
  return experiment.claims.map(id => {
    const { statement, evidence } = claimOf(experiment.paper, id);
    return { id, statement, evidence, verdict: null, difference: null, interval: null, n, needed };
  });
}

/** Seeds at which every variant has a test error, rising. */
export function pairedSeeds(results: ExperimentResults): readonly number[] {
  const [first, ...others] = summaryRows(results).map(row => new Set(row.seeds.map(({ seed }) => seed)));
  return [...(first ?? [])].filter(seed => others.every(seeds => seeds.has(seed))).sort((a, b) => a - b);
}
