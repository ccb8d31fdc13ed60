import type { ExperimentResults } from '@strata/experiments/collect';
import { detectableEffect, provableEffect } from '../statistics/index.js';
import { type ClaimResults, claimResults } from './claim-results.js';
import { statementAt } from './decide.js';
import type { DecidedStatement, Finding } from './finding.js';
import { examine, fewest, isTested } from './kinds/index.js';
import { pilotOf } from './pilot.js';
import { LEVEL } from './words.js';

/** What a plan can find out about a claim, before its runs are looked at. */
export interface Detectable {
  readonly id: string;
  /**
   * The smallest true difference that is found with a chance of 80 %, at Holm's strictest step; for "no difference" the
   * narrowest margin in which none would be shown; for an order that of its ends, by the sign-flip test. Null where so few pairs cannot decide, or the kind has no such number.
   */
  readonly difference: number | null;
  readonly unit: Finding['unit'];
  /** The claim's own margin, to hold beside it. */
  readonly margin: number | null;
  /** Of the paired differences. */
  readonly deviation: number | null;
  /** Finished pairs that the deviation is from; 0 where it is assumed. */
  readonly pilot: number;
  /** The profile of those pairs: this one, or one whose nets are of another size and only a guide. */
  readonly pilotProfile: string | null;
  readonly pairs: number;
}

/** Points: what pairs of small nets on some thousand images scatter by. */
const ASSUMED_DEVIATION = 2;

/**
 * For every claim that runs decide at this profile; pairs as planned, their spread from what the store holds: from these
 * results, else from the first of `others` (of the same experiment at other sizes) that has pairs enough.
 */
export function detectableDifferences(
  results: ExperimentResults,
  others: readonly ExperimentResults[] = [],
): readonly Detectable[] {
  const views = [results, ...others].map(claimResults);
  const tested = results.experiment.claims.flatMap(claim => {
    const statement = statementAt(results.experiment, claim, results.profileName);
    return statement && isTested(statement) ? [{ id: claim.id, statement }] : [];
  });
  const level = LEVEL / Math.max(1, tested.length);
  return tested.map(({ id, statement }) => ({ id, ...detectable(views, statement, level) }));
}

/** Of a claim of which every part is counted. */
const NOTHING: Omit<Detectable, 'id'> = {
  difference: null,
  unit: 'percent',
  margin: null,
  deviation: null,
  pilot: 0,
  pilotProfile: null,
  pairs: 0,
};

/** Of the first view; the others are pilots for it. */
function detectable(
  views: readonly ClaimResults[],
  statement: DecidedStatement,
  level: number,
): Omit<Detectable, 'id'> {
  if (statement.kind === 'all') {
    const parts = statement.of.filter(isTested).map(part => detectable(views, part, level));
    return parts.reduce(
      (worst, part) =>
        part.difference === null || (worst.difference !== null && part.difference > worst.difference)
          ? part
          : worst,
      parts[0] ?? NOTHING,
    );
  }
  const view = views[0] as ClaimResults;
  const { unit, planned } = examine(statement, view);
  const count = statement.kind === 'speed' ? Math.max(planned, fewest(statement, level)) : view.seeds.length;
  const pilot = pilotOf(statement, views);
  const assumed = unit === 'points' ? ASSUMED_DEVIATION : null;
  const deviation = pilot?.deviation ?? assumed;
  const effect = effectOf(statement, count, level);
  const difference = effect === null || deviation === null ? null : effect * deviation;
  return {
    difference: difference !== null && unit === 'ratio' ? Math.exp(-difference) : difference,
    unit,
    margin: 'margin' in statement ? (statement.margin ?? null) : null,
    deviation,
    pilot: pilot?.pairs ?? 0,
    pilotProfile: pilot?.profile ?? null,
    pairs: count,
  };
}

/** In deviations of the pairs. */
function effectOf(statement: DecidedStatement, pairs: number, level: number): number | null {
  switch (statement.kind) {
    case 'lower':
    case 'order':
    case 'gains-more':
    case 'threshold':
    case 'sooner':
    case 'speed':
      return detectableEffect(pairs, level);
    case 'curve-shape':
      return statement.shape === 'no-rise' ? provableEffect(pairs, level, 1) : detectableEffect(pairs, level);
    case 'no-difference':
      return provableEffect(pairs, level, 2);
    case 'no-gain':
      return provableEffect(pairs, level, 1);
    default:
      return null;
  }
}
