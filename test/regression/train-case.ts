import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataSet } from '@strata/core/data';
import { loadEngine } from '@strata/core/engine';
import { planExperiment, plannedData } from '@strata/experiments/plan';
import { inProcessExecutor, runPlan } from '@strata/experiments/runner';
import { openStore, readEvaluation, runStatus } from '@strata/experiments/store';
import type { RegressionCase } from './cases.js';

/** What a training came to; the first is the same only where every bit of the training is. */
export interface RegressionRun {
  readonly variant: string;
  readonly seed: number;
  readonly weightsSha256: string;
  readonly trainLoss: number;
  /** Percent of the test images. */
  readonly testError: number;
}

export interface TrainedCase {
  /** Of machines on which results are the same bit for bit: engine, its version and way of computing, processor, platform. */
  readonly kind: string;
  readonly runs: readonly RegressionRun[];
}

export async function trainCase(
  { experiment, profile }: RegressionCase,
  dataDir: string | undefined,
): Promise<TrainedCase> {
  const places = { env: {}, ...(dataDir !== undefined && { dataDir }) };
  const { dataSet: data } = await openDataSet(profile.dataset, {
    ...places,
    imageShape: profile.options.input,
  });
  const engine = await loadEngine('onnx');
  const plan = planExperiment({
    experiment,
    profileName: 'smoke',
    profile,
    data: plannedData({ dataSet: data, note: null }),
    engine: engine.name,
    seeds: Array.from({ length: profile.seeds }, (_, seed) => seed),
  });
  const folder = await mkdtemp(join(tmpdir(), 'strata-regression-'));
  try {
    const store = await openStore(folder);
    const executor = inProcessExecutor({ store, data, engine });
    const signal = new AbortController().signal;
    await runPlan({ store, executor, onEvent: () => {}, signal }, plan).finally(executor.close);
    const runs: RegressionRun[] = [];
    for (const { id, variant, seed, evaluations } of plan.runs) {
      const { result, reason } = await runStatus(store, id);
      const test = evaluations.find(({ definition }) => definition.split === 'test');
      const tested = test && (await readEvaluation(store, test.evaluation));
      if (!result || !tested) throw new Error(`${variant}, seed ${seed}: ${reason ?? 'not tested'}`);
      const { weightsSha256, trainLoss } = result;
      runs.push({ variant, seed, weightsSha256, trainLoss, testError: tested.top1Error });
    }
    const detail = engine.detail ? `, ${engine.detail}` : '';
    const machine = `${cpus()[0]?.model ?? 'unknown'}, ${process.platform} ${process.arch}`;
    return { kind: `${engine.name} ${engine.version}${detail}; ${machine}`, runs };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
