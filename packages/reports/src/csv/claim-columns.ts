import type { ExperimentResults } from '@strata/experiments/collect';
import { type ClaimRow, claimRows } from '../summary/index.js';
import type { Column } from './columns.js';

export interface ClaimLine extends ClaimRow {
  readonly results: ExperimentResults;
}

/** One row a claim that the experiment decides. */
export function claimLines(results: ExperimentResults): readonly ClaimLine[] {
  return claimRows(results).map(row => ({ ...row, results }));
}

export const claimColumns: readonly Column<ClaimLine>[] = [
  { name: 'experiment', description: 'name of the experiment', value: row => row.results.experiment.name },
  { name: 'profile', description: 'smoke, quick, reduced or paper', value: row => row.results.profileName },
  { name: 'dataset', description: 'the data that was used', value: row => row.results.dataset.name },
  { name: 'engine', description: 'what computed it', value: row => row.results.engine },
  { name: 'claim', description: "the claim's id in the paper's file", value: row => row.id },
  { name: 'statement', description: 'what the paper claims', value: row => row.statement },
  { name: 'evidence', description: 'where the paper shows it', value: row => row.evidence },
  { name: 'verdict', description: 'the word, empty where none was given', value: row => row.verdict },
  {
    name: 'difference',
    description: "the statistic that decides it, in the claim's unit",
    value: row => row.difference,
  },
  { name: 'low', description: 'lower end of its interval', value: row => row.interval?.[0] ?? null },
  { name: 'high', description: 'upper end of its interval', value: row => row.interval?.[1] ?? null },
  { name: 'n', description: 'paired seeds behind it', value: row => row.n },
  { name: 'needed', description: 'paired seeds without which no word is given', value: row => row.needed },
];
