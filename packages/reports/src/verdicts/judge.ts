import { sentenceOf } from '@strata/experiments/catalog';
import type { ExperimentResults } from '@strata/experiments/collect';
import { claimOf } from '@strata/experiments/papers';
import { bcaInterval, CONFIDENCE, pairedEffectSize, probabilityOfImprovement } from '../statistics/index.js';
import { type Decision, decideClaims } from './decide.js';
import type { Finding } from './finding.js';
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

function describe({ experiment, profileName }: ExperimentResults, decision: Decision): Verdict {
  const { claim, word, gates, needed, p, adjustedP, family } = decision;
  const { statement, evidence } = claimOf(experiment.paper, claim.id);
  const { n, difference, interval, confidence, unit, pairs, runs, parts, notes, method } =
    decision.finding ?? NO_FINDING;
  return {
    id: claim.id,
    kind: claim.kind,
    word,
    verdict: word === 'not enough runs' ? `${word} (${n} of ${needed})` : word,
    proxy: decision.finding && profileName !== 'paper' ? (claim.proxy ?? null) : null,
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
    notes,
    runs,
  };
}

/** Pairs of times are log ratios. */
function inUnit([low, high]: readonly [number, number], unit: Finding['unit']): readonly [number, number] {
  return unit === 'ratio' ? [Math.exp(low), Math.exp(high)] : [low, high];
}
