import { type Gate, gateSentence } from '@strata/experiments/catalog';
import { median } from '../statistics/index.js';
import { type ClaimResults, valuesOf } from './claim-results.js';

export interface GateOutcome {
  readonly sentence: string;
  /** Median over the seeds; null without any. */
  readonly value: number | null;
  readonly n: number;
  readonly met: boolean;
}

/** The median lets a diverged seed stay in without closing the gate for the others. */
export function gateOutcome(results: ClaimResults, gate: Gate): GateOutcome {
  const values = [...valuesOf(results, gate.variant, gate.metric).values()];
  const value = values.length === 0 ? null : median(values);
  return { sentence: gateSentence(gate), value, n: values.length, met: value !== null && value < gate.below };
}
