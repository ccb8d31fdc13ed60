import { sampleDeviation } from '../statistics/index.js';
import type { ClaimResults } from './claim-results.js';
import type { DecidedStatement } from './finding.js';
import { examine } from './kinds/index.js';

/** Finished pairs of a statement, for their spread alone: their mean is not looked at. */
export interface Pilot {
  readonly deviation: number;
  readonly pairs: number;
  /** The size at which they were trained. */
  readonly profile: string;
}

/** The spread of three may be off by half; one number assumed for all tables, from MNIST to ImageNet, by ten times. */
const FEWEST = 3;

/** The first of some results that have enough pairs; null where none has. */
export function pilotOf(statement: DecidedStatement, candidates: readonly ClaimResults[]): Pilot | null {
  for (const view of candidates) {
    const { pairs } = examine(statement, view);
    const deviation = pairs.length < FEWEST ? 0 : sampleDeviation(pairs);
    // Equal differences come of few test images: no spread at all would promise too much.
    if (deviation > 0) return { deviation, pairs: pairs.length, profile: view.results.profileName };
  }
  return null;
}
