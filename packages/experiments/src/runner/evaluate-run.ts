import { type DataSet, testImages } from '@strata/core/data';
import type { Engine, State } from '@strata/core/engine';
import { buildModel } from '@strata/core/models';
import { type EvaluatedNetwork, evaluate } from '@strata/core/training';
import type { Plan, PlannedEvaluation, PlannedRun } from '../plan/index.js';
import {
  type Evaluation,
  type EvaluationResult,
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
export async function ensureEvaluations(context: EvaluationContext, planned: PlannedRun): Promise<number> {
  return countMade(context, [planned], planned.evaluations);
}

/** Tests networks together as planned, where all of them are trained. Returns how many evaluations were made. */
export async function ensureEnsembles(context: EvaluationContext, { ensembles }: Plan): Promise<number> {
  let made = 0;
  for (const { runs, evaluations } of ensembles) {
    if (await areTrained(context, runs)) made += await countMade(context, runs, evaluations);
  }
  return made;
}

export async function areTrained(
  { store }: EvaluationContext,
  runs: readonly PlannedRun[],
): Promise<boolean> {
  const statuses = await Promise.all(runs.map(({ id }) => runStatus(store, id)));
  return statuses.every(({ result }) => result !== null);
}

async function countMade(
  context: EvaluationContext,
  runs: readonly PlannedRun[],
  evaluations: readonly PlannedEvaluation[],
): Promise<number> {
  let count = 0;
  for (const planned of evaluations) if ((await ensureEvaluation(context, runs, planned)).made) count++;
  return count;
}

export interface EnsuredEvaluation {
  readonly result: EvaluationResult;
  /** Now, not before. */
  readonly made: boolean;
}

/** One evaluation of trained runs, from the store or made now and kept. */
export async function ensureEvaluation(
  context: EvaluationContext,
  runs: readonly PlannedRun[],
  { evaluation }: PlannedEvaluation,
): Promise<EnsuredEvaluation> {
  const held = await readEvaluation(context.store, evaluation);
  if (held) return { result: held, made: false };
  const networks = trainedNetworks(context, runs, evaluation);
  const result = { evaluation, ...(await evaluate(networks, evaluation.protocol)) };
  await writeEvaluation(context.store, result);
  return { result, made: true };
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
