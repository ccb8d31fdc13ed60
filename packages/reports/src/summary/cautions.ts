import type { CollectedRun, ExperimentResults } from '@strata/experiments/collect';
import { isOver } from './rows.js';

/** What must be equal, or is better equal, in all runs of a table. */
const shared: readonly { readonly what: string; of(run: CollectedRun): string | number | undefined }[] = [
  { what: 'data sets', of: ({ run }) => `${run.dataset.name} (${run.dataset.checksum.slice(0, 12)})` },
  { what: 'engines', of: ({ run }) => run.engine },
  { what: 'numerics versions', of: ({ run }) => run.numerics },
  { what: 'engine versions', of: ({ environment }) => environment?.engineVersion },
  { what: 'versions of Strata', of: ({ environment }) => environment?.strata },
  { what: 'processors', of: ({ environment }) => environment?.cpu },
];

/** One line for each thing that differs between runs whose numbers stand in one table: nothing is mixed silently. */
export function cautionsOf({ variants }: ExperimentResults): readonly string[] {
  const runs = variants.flatMap(variant => variant.runs).filter(isOver);
  return shared.flatMap(({ what, of }) => {
    const values = [...new Set(runs.map(of).filter(value => value !== undefined))];
    return values.length > 1 ? [`These runs mix ${what}: ${values.join(', ')}.`] : [];
  });
}
