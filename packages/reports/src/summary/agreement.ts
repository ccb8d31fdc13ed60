import type { ExperimentResults } from '@strata/experiments/collect';
import { kendall, mean, type RankAgreement, rankAgreement, spearman } from '../statistics/index.js';
import { judgeClaims } from '../verdicts/index.js';
import { summaryRows } from './rows.js';

/** Claims with a word for or against, and how many of them agree. */
export interface ClaimAgreement {
  readonly decided: number;
  readonly agreeing: number;
}

export function claimAgreement(results: ExperimentResults): ClaimAgreement {
  const decided = judgeClaims(results).filter(({ word }) => word === 'agrees' || word === 'opposite');
  return { decided: decided.length, agreeing: decided.filter(({ word }) => word === 'agrees').length };
}

/** How the rows of a table on one data set agree with the paper's. */
export interface TableAgreement {
  readonly spearman: RankAgreement;
  readonly kendall: RankAgreement;
  /** Seeds that every compared variant has. */
  readonly seeds: number;
  /** Mean of |ours - paper| over variants, in percentage points; null without a variant that has both. */
  readonly meanAbsoluteDifference: number | null;
}

/** Below so many variants a rank correlation says next to nothing. */
export const FEWEST_RANKED = 5;

export function tableAgreement(results: ExperimentResults): TableAgreement {
  const rows = summaryRows(results).flatMap(({ paper, difference, seeds }) =>
    paper === null || difference === null
      ? []
      : [{ paper, difference, bySeed: new Map(seeds.map(({ seed, top1Error }) => [seed, top1Error])) }],
  );
  const [first, ...others] = rows;
  const seeds = [...(first?.bySeed.keys() ?? [])].filter(seed => others.every(row => row.bySeed.has(seed)));
  const paper = rows.map(row => row.paper);
  const bySeed = seeds.map(seed => rows.map(row => row.bySeed.get(seed) as number));
  return {
    spearman: rankAgreement(paper, bySeed, spearman),
    kendall: rankAgreement(paper, bySeed, kendall),
    seeds: seeds.length,
    meanAbsoluteDifference:
      rows.length === 0 ? null : mean(rows.map(({ difference }) => Math.abs(difference))),
  };
}
