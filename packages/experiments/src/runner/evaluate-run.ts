import { type DataSet, testImages } from '@strata/core/data';
import type { Engine, State } from '@strata/core/engine';
import { buildModel } from '@strata/core/models';
import { type EvaluatedNetwork, evaluate } from '@strata/core/training';
import type { Plan, PlannedEnsemble, PlannedEvaluation, PlannedRun } from '../plan/index.js';
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

/** Whether the store holds every planned evaluation of a run, or of several together. */
export async function isTested(
  store: string,
  { evaluations }: Pick<PlannedRun | PlannedEnsemble, 'evaluations'>,
): Promise<boolean> {
  const held = await Promise.all(evaluations.map(({ evaluation }) => readEvaluation(store, evaluation)));
  return held.every(found => found !== undefined);
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

/** Tests networks together as planned, all of which must be trained. Returns how many evaluations were made. */
export function ensureEnsemble(
  context: EvaluationContext,
  { runs, evaluations }: PlannedEnsemble,
): Promise<number> {
  return ensure(context, runs, evaluations);
}

/** As `ensureEnsemble`, for those of a plan whose networks are trained. */
export async function ensureEnsembles(context: EvaluationContext, { ensembles }: Plan): Promise<number> {
  let made = 0;
  for (const ensemble of ensembles) {
    const statuses = await Promise.all(ensemble.runs.map(({ id }) => runStatus(context.store, id)));
    if (statuses.every(({ result }) => result)) made += await ensureEnsemble(context, ensemble);
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
    yield await evaluatedNetwork(context, planned, await readWeights(context.store, planned.id), split);
  }
}

/** The network of a run with the given weights, and the images to test it on. */
export async function evaluatedNetwork(
  { engine, threads, data }: EvaluationContext,
  { run }: PlannedRun,
  weights: State,
  split: Split,
): Promise<EvaluatedNetwork> {
  const network = buildModel(run.model);
  const { [split]: images, statistics } = await prepareData(data, run);
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
