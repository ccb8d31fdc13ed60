import type { CollectedRun } from '@strata/experiments/collect';

interface Shared {
  readonly what: string;
  of(run: CollectedRun): string | number | undefined;
}

/** What must be equal in all runs of a mean: other data, another engine or other arithmetic is another experiment. */
const required: readonly Shared[] = [
  { what: 'data sets', of: ({ run }) => `${run.dataset.name} (${run.dataset.checksum.slice(0, 12)})` },
  { what: 'engines', of: ({ run }) => run.engine },
  { what: 'numerics versions', of: ({ run }) => run.numerics },
];

/** What is better equal in all runs of a table. */
const wished: readonly Shared[] = [
  { what: 'engine versions', of: ({ environment }) => environment?.engineVersion },
  { what: 'versions of Strata', of: ({ environment }) => environment?.strata },
  { what: 'processors', of: ({ environment }) => environment?.cpu },
];

/** What differs between runs, one line each: `engines: onnx, wasm`. */
export function mixturesOf(runs: readonly CollectedRun[]): readonly string[] {
  return valuesThatDiffer([...required, ...wished], runs);
}

/** What differs between runs so that no mean may be taken over them. */
export function forbiddenMixturesOf(runs: readonly CollectedRun[]): readonly string[] {
  return valuesThatDiffer(required, runs);
}

function valuesThatDiffer(shared: readonly Shared[], runs: readonly CollectedRun[]): readonly string[] {
  return shared.flatMap(({ what, of }) => {
    const values = [...new Set(runs.map(of).filter(value => value !== undefined))];
    return values.length > 1 ? [`${what}: ${values.join(', ')}`] : [];
  });
}
