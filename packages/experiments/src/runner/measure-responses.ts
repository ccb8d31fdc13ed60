import { buildModel } from '@strata/core/models';
import { layerResponses } from '@strata/core/training';
import { type PlannedRun, usualProtocol } from '../plan/index.js';
import { readResponses, readWeights, writeResponses } from '../store/index.js';
import { type EvaluationContext, evaluatedNetwork } from './evaluate-run.js';

/** Measures what the layers of a finished run answer to clean training images, unless the store holds it. */
export async function ensureResponses(context: EvaluationContext, planned: PlannedRun): Promise<void> {
  const { store, engine, threads } = context;
  const { id, run } = planned;
  if (await readResponses(store, id)) return;
  const weights = await readWeights(store, id);
  const network = buildModel(run.model);
  const looked = await evaluatedNetwork(context, planned, weights, 'train', network);
  const { optimizer } = run.recipe;
  const layers = await layerResponses(looked, usualProtocol(run.recipe, network.input), async batchSize => {
    const trainable = await engine.build(network, {
      batchSize,
      optimizer,
      ...(threads !== undefined && { threads }),
    });
    await trainable.restore(weights);
    return trainable;
  });
  await writeResponses(store, id, layers);
}
