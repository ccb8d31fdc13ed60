import type { ExperimentResults } from '@strata/experiments/collect';
import { mixturesOf } from './mixtures.js';
import { isOver, summaryRows } from './rows.js';

/** One line for each thing that keeps the rows of a table from being compared at sight: nothing is mixed silently. */
export function cautionsOf(results: ExperimentResults): readonly string[] {
  const runs = results.variants.flatMap(variant => variant.runs).filter(isOver);
  return [...mixturesOf(runs).map(mixture => `These runs mix ${mixture}.`), ...unevenSeeds(results)];
}

/** Means over different seeds differ by their seeds too. */
function unevenSeeds(results: ExperimentResults): readonly string[] {
  const rows = summaryRows(results).filter(row => row.n > 0);
  const counts = new Set(rows.map(({ seeds }) => seeds.map(({ seed }) => seed).join()));
  if (counts.size < 2) return [];
  const parts = rows.map(({ variant, n }) => `${variant} ${n}`);
  return [
    `The rows stand on different seeds so far (n: ${parts.join(', ')}); only claims compare the same ones.`,
  ];
}
