import { buildModel } from '@strata/core/models';
import { multiplyAdds, parameterCount } from '@strata/core/network';
import type { ErrorRates } from '@strata/core/training';
import type { Experiment, Variant } from '../catalog/index.js';
import { rowOf, tableOf } from '../papers/index.js';
import type { Plan, PlannedRun } from '../plan/index.js';
import { finalEvaluation } from '../runner/index.js';
import { type Evaluation, readEvaluation, readEvents, runStatus } from '../store/index.js';
import type { CollectedRun, ExperimentResults, PaperCells, VariantResults } from './results.js';

/** Gathers what the store holds of a plan; nothing is run, and what is missing stays missing. */
export async function collectResults(store: string, plan: Plan, command: string): Promise<ExperimentResults> {
  const { experiment, profileName, profile, engine, data } = plan;
  const variants: VariantResults[] = [];
  for (const variant of experiment.variants) {
    const runs: CollectedRun[] = [];
    for (const planned of plan.runs.filter(run => run.variant === variant.name)) {
      runs.push(await collectRun(store, planned));
    }
    const options = { ...profile.options, classes: data.classes, ...variant.options };
    const network = buildModel({ name: variant.model, options });
    variants.push({
      name: variant.name,
      model: variant.model,
      parameters: parameterCount(network),
      multiplyAdds: multiplyAdds(network),
      paper: paperCells(experiment, variant),
      runs,
    });
  }
  const dataset = { name: data.name, checksum: data.checksum, note: data.note };
  return { experiment, profileName, profile, dataset, engine, variants, command, store };
}

async function collectRun(store: string, planned: PlannedRun): Promise<CollectedRun> {
  const { state, reason, result } = await runStatus(store, planned.id);
  return {
    id: planned.id,
    seed: planned.seed,
    state,
    reason,
    run: planned.run,
    test: await errorRates(store, planned, 'test'),
    train: await errorRates(store, planned, 'train'),
    trainLoss: result?.trainLoss ?? null,
    seconds: result?.seconds ?? null,
    resumedFromStep: result?.resumedFromStep ?? null,
    imagesPerSecond: result?.imagesPerSecond ?? null,
    weightsSha256: result?.weightsSha256 ?? null,
    environment: result?.environment ?? null,
    events: await readEvents(store, planned.id),
  };
}

async function errorRates(
  store: string,
  planned: PlannedRun,
  split: Evaluation['split'],
): Promise<ErrorRates | null> {
  const found = await readEvaluation(store, finalEvaluation(planned.id, split));
  if (!found) return null;
  const { top1Error, top5Error, loss, count } = found;
  return { top1Error, top5Error, loss, count };
}

/** The published errors, and the counts of the published network, taken from its graph. */
function paperCells(experiment: Experiment, variant: Variant): PaperCells {
  const row = rowOf(tableOf(experiment.paper, experiment.table), variant.paperRow);
  const number = (column: string): number | null => {
    const value = row[column];
    return typeof value === 'number' ? value : null;
  };
  const options = { ...experiment.profiles.paper.options, ...variant.options };
  const network = buildModel({ name: variant.model, options });
  return {
    top1Error: number('top1'),
    top5Error: number('top5'),
    parameters: parameterCount(network),
    multiplyAdds: multiplyAdds(network),
  };
}
