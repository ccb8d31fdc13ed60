import { type DataSet, testBatches } from '@strata/core/data';
import type { Batch, Engine, Evaluator, State } from '@strata/core/engine';
import { buildModel } from '@strata/core/models';
import { evaluate } from '@strata/core/training';
import type { PlannedRun } from '../plan/index.js';
import {
  type Evaluation,
  type EvaluationResult,
  NUMERICS,
  readEvaluation,
  readWeights,
  writeEvaluation,
} from '../store/index.js';
import { prepareData } from './prepare.js';

export const EVALUATION_BATCH = 100;

export interface EvaluationContext {
  readonly store: string;
  readonly data: DataSet;
  readonly engine: Engine;
  readonly threads?: number;
}

/** How every trained network is tested: on the test images, and on its own clean training images. */
export function finalEvaluation(run: string, split: Evaluation['split']): Evaluation {
  return { runs: [run], protocol: 'whole-image', split, numerics: NUMERICS };
}

/** Tests a finished run on both halves of its data, where the store does not hold that yet. Returns how many were made. */
export async function ensureEvaluations(context: EvaluationContext, planned: PlannedRun): Promise<number> {
  const { store } = context;
  const wanted = (['test', 'train'] as const).map(split => finalEvaluation(planned.id, split));
  const held = await Promise.all(wanted.map(evaluation => readEvaluation(store, evaluation)));
  const missing = wanted.filter((_, i) => held[i] === undefined);
  if (missing.length === 0) return 0;
  const weights = await readWeights(store, planned.id);
  for (const evaluation of missing) {
    await writeEvaluation(store, await evaluateRun(context, planned, weights, evaluation));
  }
  return missing.length;
}

async function evaluateRun(
  context: EvaluationContext,
  planned: PlannedRun,
  weights: State,
  evaluation: Evaluation,
): Promise<EvaluationResult> {
  const evaluator = await evaluatorOf(context, planned, weights);
  try {
    return { evaluation, ...(await evaluate(evaluator, batchesOf(context, planned, evaluation.split))) };
  } finally {
    evaluator.dispose();
  }
}

/** The network of a run with the given weights, ready to be asked. */
export function evaluatorOf(
  { engine, threads }: EvaluationContext,
  planned: PlannedRun,
  weights: State,
): Promise<Evaluator> {
  const network = buildModel(planned.run.model);
  return engine.evaluator(network, weights, {
    batchSize: EVALUATION_BATCH,
    ...(threads !== undefined && { threads }),
  });
}

export async function* batchesOf(
  { data, threads }: EvaluationContext,
  { run }: PlannedRun,
  split: Evaluation['split'],
): AsyncGenerator<Batch, void> {
  const { [split]: images, statistics, input } = await prepareData(data, run);
  const { normalisation, augmentation } = run.recipe;
  yield* testBatches(images, {
    batchSize: EVALUATION_BATCH,
    normalisation,
    augmentation,
    statistics,
    input,
    ...(threads !== undefined && { threads }),
  });
}
