import { UsageError, unknownName } from '@strata/core/errors';
import { findLitter, type Litter, removeLitter, runIds } from '@strata/experiments/store';
import { existingStore } from '../existing-store.js';
import { printJson } from '../print.js';
import { EXIT, verb } from '../verb.js';

export const clean = verb({
  name: 'clean',
  describe: 'Remove what crashes and failures have left in the store; finished runs only when named',
  positionals: [],
  options: ['store', 'done', 'unfinished', 'dry-run', 'json'],
  async run(_, { store: given, done, unfinished, 'dry-run': isDry, json }) {
    const store = await existingStore(given);
    const named = await namedRuns(store, done ?? []);
    const litter = await findLitter(store, { done: named, unfinished });
    const removed = isDry ? litter : await removeLitter(store, litter);
    if (json) {
      printJson({ store, dryRun: isDry, removed });
      return EXIT.done;
    }
    for (const { kind, path } of removed)
      console.log(`${isDry ? 'would remove' : 'removed'} (${kind}): ${path}`);
    console.log(removed.length === 0 ? 'Nothing to remove.' : summary(removed, isDry));
    return EXIT.done;
  },
});

/** Runs by their id, or as much of its beginning as is no other's. */
async function namedRuns(store: string, given: readonly string[]): Promise<readonly string[]> {
  const ids = await runIds(store);
  return given
    .flatMap(names => names.split(','))
    .map(name => {
      const matching = ids.filter(id => id.startsWith(name));
      if (matching.length > 1)
        throw new UsageError(`--done=${name} is the beginning of ${matching.length} runs; say more of it.`);
      if (matching[0] === undefined) throw unknownName('run', name, ids);
      return matching[0];
    });
}

function summary(removed: readonly Litter[], isDry: boolean): string {
  const runs = new Set(removed.filter(({ kind }) => kind !== 'temporary').map(({ id }) => id));
  const temporaries = removed.filter(({ kind }) => kind === 'temporary').length;
  const what = `${runs.size} ${runs.size === 1 ? 'run' : 'runs'} and ${temporaries} leftovers`;
  return isDry ? `Would remove ${what}.` : `Removed ${what}.`;
}
