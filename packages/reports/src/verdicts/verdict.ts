import type { ClaimKind } from '@strata/experiments/catalog';
import type { Improvement, Interval } from '../statistics/index.js';
import type { Finding, FindingPart } from './finding.js';
import type { GateOutcome } from './gate.js';
import type { Word } from './words.js';

/** A claim of the paper and what the runs say of it. Numbers are unrounded; null is missing. */
export interface Verdict {
  readonly id: string;
  readonly kind: ClaimKind;
  readonly word: Word;
  /** The word with its count, as it is printed: `not enough runs (4 of 10)`. */
  readonly verdict: string;
  /** What stands for what, where the runs are not of the paper's own size. */
  readonly proxy: string | null;
  /** The claim in the paper's sense, one sentence. */
  readonly statement: string;
  /** Where the paper shows it. */
  readonly evidence: string;
  /** What was compared: `B < A in top-1 test error`. */
  readonly compared: string;
  readonly gates: readonly GateOutcome[];
  /** First minus second side, in `unit`. Shown while runs are missing too, as progress. */
  readonly difference: number | null;
  readonly interval: Interval | null;
  readonly confidence: number;
  readonly unit: Finding['unit'];
  /** BCa bootstrap interval of the same difference, 95 %; null where images are resampled too. */
  readonly bootstrapInterval: Interval | null;
  /** Pairs that there are, and how many a verdict wants. */
  readonly n: number;
  readonly needed: number;
  /** Of the test, and after Holm's adjustment over the `family` claims that are tested; null before the planned seeds. */
  readonly p: number | null;
  readonly adjustedP: number | null;
  readonly family: number;
  /** Mean over deviation of the pairs, corrected for their number. */
  readonly effectSize: number | null;
  /** That the first side of a pair is lower. */
  readonly improvement: Improvement | null;
  readonly method: string;
  readonly parts: readonly FindingPart[];
  readonly notes: readonly string[];
  /** What to type for the measurement that is lacking, where the experiment's own command does not make it. */
  readonly command: string | null;
  /** Ids of the runs behind it. */
  readonly runs: readonly string[];
}
