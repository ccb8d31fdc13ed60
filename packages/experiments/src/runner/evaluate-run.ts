import { type DataSet, testImages } from '@strata/core/data';
import type { Engine, State } from '@strata/core/engine';
import { buildModel } from '@strata/core/models';
import { type EvaluatedNetwork, evaluate } from '@strata/core/training';
import type { Plan, PlannedEvaluation, PlannedRun } from '../plan/index.js';
import {
  type Evaluation,
  readEvaluation,
  readWeights,
  runStatus,
  type Split,
  writeEvaluation,
} from '../store/index.js';
import { prepareData } from './prepare.js';

export interface EvaluationContext {
  readonly store: string;
  readonly data: DataSet;
  readonly engine: Engine;
  readonly threads?: number;
}

/**
 * Tests a finished run in every planned way that the store does not hold yet; nothing is trained. Returns how many
 * evaluations were made.
 */
export function ensureEvaluations(
  context: EvaluationContext,
  planned: PlannedRun,
  evaluations = planned.evaluations,
): Promise<number> {
  return ensure(context, [planned], evaluations);
}

/** Tests networks together as planned, as soon as all of them are trained. Returns how many evaluations were made. */
export async function ensureEnsembles(context: EvaluationContext, { ensembles }: Plan): Promise<number> {
  let made = 0;
  for (const { runs, evaluations } of ensembles) {
    const statuses = await Promise.all(runs.map(({ id }) => runStatus(context.store, id)));
    if (statuses.every(({ result }) => result)) made += await ensure(context, runs, evaluations);
  }
  return made;
}

async function ensure(
  context: EvaluationContext,
  runs: readonly PlannedRun[],
  evaluations: readonly PlannedEvaluation[],
): Promise<number> {
  const { store } = context;
  let made = 0;
  for (const { evaluation } of evaluations) {
    if (await readEvaluation(store, evaluation)) continue;
    const networks = trainedNetworks(context, runs, evaluation);
    await writeEvaluation(store, { evaluation, ...(await evaluate(networks, evaluation.protocol)) });
    made++;
  }
  return made;
}

/** One after the other: weights are read when their turn comes. */
async function* trainedNetworks(
  context: EvaluationContext,
  runs: readonly PlannedRun[],
  { split }: Evaluation,
): AsyncGenerator<EvaluatedNetwork, void> {
  for (const planned of runs) {
    yield evaluatedNetwork(context, planned, await readWeights(context.store, planned.id), split);
  }
}

/** The network of a run with the given weights, and the images to test it on. */
export function evaluatedNetwork(
  { engine, threads, data }: EvaluationContext,
  { run }: PlannedRun,
  weights: State,
  split: Split,
): EvaluatedNetwork {
  const network = buildModel(run.model);
  const { [split]: images, statistics } = prepareData(data, run);
  const { normalisation } = run.recipe;
  return {
    network,
    images: testImages(images, { normalisation, statistics }),
    evaluatorAt: (inputShape, batchSize) =>
      engine.evaluator(network, weights, {
        inputShape,
        batchSize,
        ...(threads !== undefined && { threads }),
      }),
  };
}
