import { type Claim, sentenceOf } from '@strata/experiments/catalog';
import type { ExperimentResults } from '@strata/experiments/collect';
import { claimOf, isPublished, type PaperClaim } from '@strata/experiments/papers';
import { bcaInterval, CONFIDENCE, pairedEffectSize, probabilityOfImprovement } from '../statistics/index.js';
import { claimResults } from './claim-results.js';
import { type Decision, decideClaims, statementAt } from './decide.js';
import type { Finding } from './finding.js';
import { isTested } from './kinds/index.js';
import type { Verdict } from './verdict.js';

/** The experiment's claims with their words and the numbers behind each: a pure function of the results. */
export function judgeClaims(results: ExperimentResults): readonly Verdict[] {
  return decideClaims(results).map(decision => describe(results, decision));
}

const NO_FINDING: Finding = {
  n: 0,
  planned: 0,
  difference: null,
  interval: null,
  confidence: CONFIDENCE,
  unit: 'points',
  p: null,
  side: null,
  method: 'none',
  pairs: [],
  runs: [],
  parts: [],
  notes: [],
};

function describe(results: ExperimentResults, decision: Decision): Verdict {
  const { claim, word, gates, have, needed, p, adjustedP, family } = decision;
  const { statement, evidence } = wordsOf(claim);
  const { n, difference, interval, confidence, unit, pairs, runs, parts, notes, method } =
    decision.finding ?? NO_FINDING;
  return {
    id: claim.id,
    kind: claim.kind,
    word,
    verdict: word === 'not enough runs' ? `${word} (${have} of ${needed})` : word,
    proxy: decision.finding && isOfRuns(results, claim) ? proxyOf(results, claim) : null,
    statement,
    evidence,
    compared: sentenceOf(claim),
    gates,
    difference,
    interval,
    confidence,
    unit,
    bootstrapInterval:
      pairs.length < 2 || claim.kind === 'same-networks' ? null : inUnit(bcaInterval(pairs), unit),
    n,
    needed,
    p,
    adjustedP,
    family,
    effectSize: pairedEffectSize(pairs),
    improvement: pairs.length === 0 ? null : probabilityOfImprovement(pairs),
    method,
    parts,
    command: decision.finding?.command ?? null,
    notes: decision.finding ? [...notes, ...seedsNote(results)] : notes,
    runs,
  };
}

/** A paper's own words; those of a user's claim are what it compares, unless it has some. */
function wordsOf(claim: Claim): Pick<PaperClaim, 'statement' | 'evidence'> {
  return isPublished(claim.id)
    ? claimOf(claim.id)
    : { statement: claim.words ?? sentenceOf(claim), evidence: '' };
}

/** What is counted is of the paper's own networks: nothing stands for them. */
function isOfRuns({ experiment, profileName }: ExperimentResults, claim: Claim): boolean {
  const statement = statementAt(experiment, claim, profileName);
  return statement !== undefined && isTested(statement);
}

/** What stands for the networks and images of the paper, or for the data that the profile names. */
function proxyOf({ profileName, profile, dataset }: ExperimentResults, { proxy }: Claim): string | null {
  const standsIn = dataset.name === profile.dataset ? [] : [`${dataset.name} for ${profile.dataset}`];
  const parts = [...(profileName === 'paper' || proxy === undefined ? [] : [proxy]), ...standsIn];
  return parts.length === 0 ? null : parts.join('; ');
}

/** Seeds beyond the profile's were somebody's choice, perhaps after a look. */
function seedsNote(results: ExperimentResults): readonly string[] {
  const { planned } = claimResults(results);
  const own = results.experiment.profiles[results.profileName].seeds;
  return planned > own ? [`asked for ${planned} seeds, where the profile plans ${own}`] : [];
}

/** Pairs of times are log ratios. */
function inUnit([low, high]: readonly [number, number], unit: Finding['unit']): readonly [number, number] {
  return unit === 'ratio' ? [Math.exp(low), Math.exp(high)] : [low, high];
}
