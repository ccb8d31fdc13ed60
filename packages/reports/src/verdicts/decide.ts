import {
  type Claim,
  type Experiment,
  type ProfileName,
  termsOf,
  variantOf,
} from '@strata/experiments/catalog';
import type { ExperimentResults } from '@strata/experiments/collect';
import { holm } from '../statistics/index.js';
import { type ClaimResults, claimResults } from './claim-results.js';
import type { DecidedStatement, Finding } from './finding.js';
import { type GateOutcome, gateOutcome } from './gate.js';
import { examine, fewest, isTested } from './kinds/index.js';
import { LEVEL, type Word } from './words.js';

/** A claim's word, and the numbers that carry it. */
export interface Decision {
  readonly claim: Claim;
  readonly word: Word;
  /** Null where nothing of ours is looked at. */
  readonly finding: Finding | null;
  readonly gates: readonly GateOutcome[];
  /** Pairs that there are, and that a verdict wants; or seeds of a gate, where it is these that are lacking. */
  readonly have: number;
  readonly needed: number;
  /** Null before the planned seeds, and where a gate is not met. */
  readonly p: number | null;
  readonly adjustedP: number | null;
  /** Claims of the experiment that are meant to be tested: Holm's adjustment counts them all, whatever runs there are. */
  readonly family: number;
}

/**
 * The word for each claim of an experiment, in its order. Seeds that were planned and none other decide, all of them: with
 * fewer there is no p and no word but "not enough runs", so that looking early cannot choose when to stop. The planned
 * number is what was asked for, and never less than the profile says. The claims are one family, counted before the
 * runs are looked at.
 */
export function decideClaims(results: ExperimentResults): readonly Decision[] {
  const { experiment, profileName } = results;
  const view = claimResults(results);
  const open = experiment.claims.map(claim => ({
    claim,
    statement: statementAt(experiment, claim, profileName),
  }));
  const family = open.filter(({ statement }) => statement && isTested(statement)).length;
  const looked = open.map(({ claim, statement }) => look(claim, statement, view, family));
  const tested = looked.filter(({ p }) => p !== null);
  const adjusted = holm(
    tested.map(({ p }) => p as number),
    family,
  );
  return looked.map(decision => {
    const place = tested.indexOf(decision);
    return place < 0 ? decision : weighed(decision, adjusted[place] as number);
  });
}

/**
 * What is decided at this profile; undefined where the paper's own size, or nothing, would decide, as where variants are
 * not trained at this size. What is counted is of the paper's networks, and needs no training.
 */
export function statementAt(
  { profiles }: Experiment,
  claim: Claim,
  profileName: ProfileName,
): DecidedStatement | undefined {
  if (claim.kind === 'recorded') return undefined;
  if (claim.kind === 'needs-paper-scale') return profileName === 'paper' ? claim.statement : undefined;
  const { without = [] } = profiles[profileName];
  const isLeftOut = termsOf(claim).some(term => without.includes(variantOf(term)));
  return isLeftOut && isTested(claim) ? undefined : claim;
}

function look(
  claim: Claim,
  statement: DecidedStatement | undefined,
  view: ClaimResults,
  family: number,
): Decision {
  const nothing = { claim, gates: [], have: 0, needed: 0, p: null, adjustedP: null, family };
  if (!statement) {
    const word = claim.kind === 'recorded' ? 'recorded only' : 'needs paper scale';
    return { ...nothing, word, finding: null };
  }
  const finding = examine(statement, view);
  if (!isTested(statement)) return { ...nothing, word: finding.side ?? 'too close to call', finding };
  const gates = (claim.gates ?? []).map(gate => gateOutcome(view, gate));
  const needed = Math.max(finding.planned, fewest(statement, LEVEL / family));
  const seen = { ...nothing, finding, gates, have: finding.n, needed };
  const lacking = gates.find(gate => gate.n < view.planned);
  if (finding.n < needed) return { ...seen, word: 'not enough runs' };
  if (lacking) return { ...seen, word: 'not enough runs', have: lacking.n, needed: view.planned };
  if (!gates.every(gate => gate.met)) return { ...seen, word: 'gate not met' };
  return { ...seen, word: 'too close to call', p: finding.p ?? 1 };
}

function weighed(decision: Decision, adjustedP: number): Decision {
  const side = decision.finding?.side;
  return { ...decision, adjustedP, word: adjustedP <= LEVEL && side ? side : 'too close to call' };
}
