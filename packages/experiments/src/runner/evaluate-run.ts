import { type DataSet, testImages } from '@strata/core/data';
import type { Engine, State } from '@strata/core/engine';
import { UsageError } from '@strata/core/errors';
import { buildModel } from '@strata/core/models';
import type { Network } from '@strata/core/network';
import { type EvaluatedNetwork, evaluate } from '@strata/core/training';
import type { PlannedEnsemble, PlannedEvaluation, PlannedRun } from '../plan/index.js';
import {
  type Evaluation,
  type EvaluationResult,
  type Run,
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
  /** Where runs of the plan are on several data sets. */
  readonly otherData?: readonly DataSet[];
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
export async function ensureEvaluations(context: EvaluationContext, planned: PlannedRun): Promise<number> {
  return countMade(context, [planned], planned.evaluations);
}

/** Tests networks together as planned, all of which must be trained. Returns how many evaluations were made. */
export function ensureEnsemble(
  context: EvaluationContext,
  { runs, evaluations }: PlannedEnsemble,
): Promise<number> {
  return countMade(context, runs, evaluations);
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
  context: EvaluationContext,
  { run }: Pick<PlannedRun, 'run'>,
  weights: State,
  split: Split | 'validation',
  network: Network = buildModel(run.model),
): Promise<EvaluatedNetwork> {
  const { engine, threads } = context;
  const { [split]: images, statistics } = await prepareData(dataOf(context, run), run);
  if (!images) throw new RangeError('the run holds back no validation images');
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

/** The data set of a run. */
export function dataOf(
  { data, otherData = [] }: Pick<EvaluationContext, 'data' | 'otherData'>,
  { dataset }: Run,
): DataSet {
  const isRight = ({ name, checksum }: DataSet): boolean =>
    name === dataset.name && checksum === dataset.checksum;
  const found = [data, ...otherData].find(isRight);
  if (!found)
    throw new UsageError(
      `The data set ${dataset.name} is not the one that the plan was made with; plan again.`,
    );
  return found;
}
