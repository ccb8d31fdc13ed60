import type { ExperimentResults } from '@strata/experiments/collect';
import { judgeClaims, type Verdict } from '../verdicts/index.js';
import type { Column } from './columns.js';

export interface ClaimLine extends Verdict {
  readonly results: ExperimentResults;
}

/** One row a claim that the experiment decides. */
export function claimLines(results: ExperimentResults): readonly ClaimLine[] {
  return judgeClaims(results).map(verdict => ({ ...verdict, results }));
}

export const claimColumns: readonly Column<ClaimLine>[] = [
  { name: 'experiment', description: 'name of the experiment', value: row => row.results.experiment.name },
  { name: 'profile', description: 'smoke, quick, reduced or paper', value: row => row.results.profileName },
  { name: 'dataset', description: 'the data that was used', value: row => row.results.dataset.name },
  { name: 'engine', description: 'what computed it', value: row => row.results.engine },
  { name: 'claim', description: "the claim's id in the paper's file", value: row => row.id },
  { name: 'statement', description: 'what the paper claims', value: row => row.statement },
  { name: 'evidence', description: 'where the paper shows it', value: row => row.evidence },
  { name: 'compared', description: 'what was compared here', value: row => row.compared },
  { name: 'word', description: 'what the runs say of it', value: row => row.word },
  {
    name: 'proxy',
    description: "what stands for what, where runs are not of the paper's own size",
    value: row => row.proxy,
  },
  {
    name: 'difference',
    description: 'first minus second side, in the unit; while runs are missing it is progress, not a finding',
    value: row => row.difference,
  },
  { name: 'low', description: 'lower end of its interval', value: row => row.interval?.[0] ?? null },
  { name: 'high', description: 'upper end of its interval', value: row => row.interval?.[1] ?? null },
  { name: 'confidence', description: 'of that interval, 0 to 1', value: row => row.confidence },
  { name: 'unit', description: 'points, nats, ratio or percent', value: row => row.unit },
  { name: 'n', description: 'pairs that there are', value: row => row.n },
  { name: 'needed', description: 'pairs that a word wants', value: row => row.needed },
  { name: 'p', description: 'of the test; empty before the planned seeds', value: row => row.p },
  { name: 'adjusted_p', description: "after Holm's adjustment", value: row => row.adjustedP },
  { name: 'family', description: 'claims that it is adjusted over', value: row => row.family },
  {
    name: 'effect_size',
    description: 'mean over deviation of the pairs, corrected for their number',
    value: row => row.effectSize,
  },
  { name: 'method', description: 'the test', value: row => row.method },
  {
    name: 'command',
    description: 'what to type for a measurement that is lacking',
    value: row => row.command,
  },
  {
    name: 'runs',
    description: 'ids of the runs behind it, apart by spaces',
    value: row => row.runs.join(' '),
  },
];
