import type { ExperimentResults, TestPredictions } from '@strata/experiments/collect';
import { summaryRows } from './rows.js';

/** The variant whose networks are looked at: of those with predictions the one with the lowest mean error, or null. */
export function shownVariant(results: ExperimentResults, { networks }: TestPredictions): string | null {
  const predicted = new Set(networks.map(network => network.variant));
  const [best] = summaryRows(results)
    .flatMap(({ variant, mean }) => (mean === null || !predicted.has(variant) ? [] : [{ variant, mean }]))
    .sort((a, b) => a.mean - b.mean);
  return best?.variant ?? null;
}
