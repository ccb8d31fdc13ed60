import type { ClaimKind, Statement, Unit } from '@strata/experiments/catalog';
import type { Interval } from '../statistics/index.js';
import type { ClaimResults } from './claim-results.js';

/** What the runs say to a statement, before it is weighed with the other claims of its experiment. */
export interface Finding {
  /** Pairs, networks, or repetitions that both sides have. */
  readonly n: number;
  /** As many were planned. */
  readonly planned: number;
  /** First minus second side, or the ratio of their times. Null without any pair. */
  readonly difference: number | null;
  readonly interval: Interval | null;
  readonly confidence: number;
  readonly unit: DifferenceUnit;
  /** Of the test, two-sided, before Holm's adjustment; null where nothing was tested. */
  readonly p: number | null;
  /** Where it points: the verdict, if p is small enough. */
  readonly side: 'agrees' | 'opposite' | null;
  /** The test by name. */
  readonly method: string;
  /** One difference a pair, for effect size and probability of improvement: negative where the first side is better. */
  readonly pairs: readonly number[];
  /** Ids of the runs behind it. */
  readonly runs: readonly string[];
  /** What it consists of, or is shown beside it. */
  readonly parts: readonly FindingPart[];
  /** What a reader must know of these numbers. */
  readonly notes: readonly string[];
  /** What to type for the measurement that is lacking, where the experiment's own command does not make it. */
  readonly command?: string;
}

/** `ratio`: the first side's time over the second's. `percent`: of what is counted. */
export type DifferenceUnit = Unit | 'ratio' | 'percent';

export interface FindingPart {
  readonly sentence: string;
  readonly difference: number | null;
  readonly interval: Interval | null;
  readonly unit: DifferenceUnit;
  readonly p: number | null;
  readonly n: number;
}

/** How one kind of claim is decided. */
export interface KindRule<S extends Statement> {
  /** What it can end in, besides what is said before anything is tested. */
  readonly decides: 'by a test' | 'exactly';
  /** The fewest pairs with which its p could come down to `level`. */
  fewest(statement: S, level: number): number;
  examine(statement: S, results: ClaimResults): Finding;
}

export type StatementOf<K extends ClaimKind> = Extract<Statement, { readonly kind: K }>;

/** Kinds that runs, counts or measurements decide. */
export type DecidedKind = Exclude<ClaimKind, 'needs-paper-scale' | 'recorded'>;
export type DecidedStatement = StatementOf<DecidedKind>;
