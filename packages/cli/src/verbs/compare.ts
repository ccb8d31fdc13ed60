import { UsageError } from '@strata/core/errors';
import { compareStores, comparisonText, type StoredRun, storedRuns } from '@strata/reports/compare';
import { fromUser } from '../paths.js';
import { printJson } from '../print.js';
import { EXIT, verb } from '../verb.js';

export const compare = verb({
  name: 'compare',
  describe: 'What differs between the runs of two stores, in configuration and in numbers',
  positionals: [
    { name: 'a', describe: 'Folder of the first store' },
    { name: 'b', describe: 'Folder of the second store' },
  ],
  options: ['json'],
  async run([a = '', b = ''], { json }) {
    const comparison = compareStores(await runsIn(a), await runsIn(b));
    if (json) printJson({ a: fromUser(a), b: fromUser(b), ...comparison });
    else console.log(comparisonText(comparison));
    return EXIT.done;
  },
});

async function runsIn(folder: string): Promise<readonly StoredRun[]> {
  const store = fromUser(folder);
  const runs = await storedRuns(store);
  if (runs.length === 0) {
    throw new UsageError(
      `${store} holds no run that can be read; give the folder of a store, such as results.`,
    );
  }
  return runs;
}
