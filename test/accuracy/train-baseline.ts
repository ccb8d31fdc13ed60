import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataSet } from '@strata/core/data';
import type { Experiment } from '@strata/experiments/catalog';
import { type Plan, planExperiment, plannedData } from '@strata/experiments/plan';
import { localExecutor, runPlan } from '@strata/experiments/runner';
import { openStore, readEvaluation, runStatus } from '@strata/experiments/store';
import type { Baseline } from './nets.js';

export interface TrainedSeed {
  readonly seed: number;
  /** Percent of the test images. */
  readonly testError: number;
  /** Percent of the training images, as they are. */
  readonly trainError: number;
  readonly trainLoss: number;
  /** From the start of its process to the last test. */
  readonly seconds: number;
}

/** Trains one net per seed in a store of its own, one after the other, each in a process with all cores: as `strata run --slots=1`. */
export async function trainBaseline(
  baseline: Baseline,
  seeds: readonly number[],
  dataDir: string,
): Promise<readonly TrainedSeed[]> {
  const folder = await mkdtemp(join(tmpdir(), 'strata-accuracy-'));
  try {
    const store = await openStore(folder);
    const plan = await planOf(baseline, seeds, dataDir);
    const trained: TrainedSeed[] = [];
    for (const seed of seeds) trained.push(await trainSeed(store, plan, seed, dataDir));
    return trained;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function planOf(
  { title, paper, model, profile }: Baseline,
  seeds: readonly number[],
  dataDir: string,
): Promise<Plan> {
  const { dataSet: data } = await openDataSet(profile.dataset, { dataDir, env: {} });
  const experiment: Experiment = {
    name: 'accuracy',
    title,
    ...(paper && { paper }),
    shows: title,
    claims: [],
    variants: [{ name: model, model }],
    profiles: { smoke: profile, quick: profile, reduced: profile, paper: profile },
  };
  return planExperiment({
    experiment,
    profileName: 'quick',
    profile,
    data: plannedData({ dataSet: data, note: null }),
    engine: 'onnx',
    seeds,
  });
}

async function trainSeed(store: string, plan: Plan, seed: number, dataDir: string): Promise<TrainedSeed> {
  const runs = plan.runs.filter(run => run.seed === seed);
  const executor = localExecutor({
    store,
    source: { dataDir },
    places: [{ slots: 1, threads: availableParallelism(), bytes: Number.POSITIVE_INFINITY }],
  });
  const began = performance.now();
  const context = { store, executor, onEvent: () => {}, signal: new AbortController().signal };
  await runPlan(context, { ...plan, runs }).finally(executor.close);
  const seconds = (performance.now() - began) / 1000;
  const [run] = runs;
  const { result, reason } = run ? await runStatus(store, run.id) : { result: null, reason: 'not planned' };
  if (!run || !result) throw new Error(`Seed ${seed} was not trained: ${reason}`);
  const [test, train] = await Promise.all(
    run.evaluations.map(({ evaluation }) => readEvaluation(store, evaluation)),
  );
  if (!test || !train) throw new Error(`Seed ${seed} was not tested.`);
  const { trainLoss } = result;
  return { seed, testError: test.top1Error, trainError: train.top1Error, trainLoss, seconds };
}
