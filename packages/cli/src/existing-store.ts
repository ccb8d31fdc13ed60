import { existsSync } from 'node:fs';
import { UsageError } from '@strata/core/errors';
import { openStore } from '@strata/experiments/store';
import { storeFolder } from './paths.js';

/**
 * The store of a verb that only looks at it or takes away from it.
 * @throws UsageError where a folder was named that is not there: a slip, not the wish for a new store.
 */
export async function existingStore(given: string | undefined): Promise<string> {
  const store = storeFolder(given);
  if (given !== undefined && !existsSync(store)) {
    throw new UsageError(
      `--store=${given}: ${store} is not there; name the folder that strata run wrote to.`,
    );
  }
  return openStore(store);
}
