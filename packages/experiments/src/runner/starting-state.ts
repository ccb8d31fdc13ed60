import type { State } from '@strata/core/engine';
import type { Network } from '@strata/core/network';
import { initialState, withLayersFrom, withLayersFromFile } from '@strata/core/training';
import { type Run, readWeightFile, readWeights } from '../store/index.js';

/** Weights and statistics before a run's first step: drawn, then copied from a file, then from other runs. */
export async function startingState(store: string, network: Network, run: Run): Promise<State> {
  let state = initialState(network, run.recipe.initialisation, run.seed);
  if (run.startFile) {
    const { sha256, names, layers } = run.startFile;
    state = withLayersFromFile(network, { ...(await readWeightFile(store, sha256)), names }, layers, state);
  }
  for (const parent of run.parents) {
    state = withLayersFrom(network, await readWeights(store, parent.run), parent.layers, state);
  }
  return state;
}
