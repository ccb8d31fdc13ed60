import type { ExperimentResults } from '@strata/experiments/collect';
import { judgeClaims } from '../verdicts/index.js';
import { summaryRows } from './rows.js';

/** What `strata report --json` prints. Errors in percent, unrounded; null is missing. */
export function reportDocument(results: ExperimentResults): object {
  const { experiment, profileName, dataset, engine } = results;
  return {
    experiment: experiment.name,
    profile: profileName,
    dataset: dataset.name,
    note: dataset.note,
    engine,
    claims: judgeClaims(results),
    rows: summaryRows(results),
  };
}
