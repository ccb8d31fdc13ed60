import { buildModel } from '@strata/core/models';
import { multiplyAdds, parameterCount } from '@strata/core/network';
import type { ErrorRates, Predictions } from '@strata/core/training';
import type { Ensemble, Experiment, Variant } from '../catalog/index.js';
import {
  dataNamed,
  ensemblesAt,
  evaluationsOf,
  type Plan,
  type PlannedEvaluation,
  type PlannedRun,
  settingsOf,
  stepsToTime,
  variantsAt,
} from '../plan/index.js';
import {
  type Evaluation,
  readEvaluation,
  readEvents,
  readResponses,
  readTimings,
  runStatus,
  type Split,
  type Timing,
} from '../store/index.js';
import { paperCells, publishedErrors } from './paper-cells.js';
import type {
  CollectedEvaluation,
  CollectedRun,
  EnsembleGroup,
  EnsembleResults,
  ExperimentResults,
  VariantResults,
} from './results.js';

/** Gathers what the store holds of a plan; nothing is run, and what is missing stays missing. */
export async function collectResults(store: string, plan: Plan, command: string): Promise<ExperimentResults> {
  const { experiment, profileName, profile, engine, data } = plan;
  const variants: VariantResults[] = [];
  for (const variant of variantsAt(experiment, profile)) {
    const settings = settingsOf(profile, variant);
    const { name, checksum, note, classes } = dataNamed(plan, settings.dataset);
    const runs: CollectedRun[] = [];
    for (const planned of plan.runs.filter(run => run.variant === variant.name)) {
      runs.push(await collectRun(store, experiment, variant, planned));
    }
    const model = { ...settings.model, options: { ...settings.model.options, classes } };
    const network = buildModel(model);
    variants.push({
      name: variant.name,
      model: model.name,
      dataset: { name, checksum, note },
      parameters: parameterCount(network),
      multiplyAdds: multiplyAdds(network),
      paper: paperCells(experiment, variant, evaluationsOf(experiment, profile, variant)),
      runs,
    });
  }
  const over = new Set(variants.flatMap(({ runs }) => runs.filter(isOver).map(({ id }) => id)));
  const ensembles: EnsembleResults[] = [];
  for (const ensemble of ensemblesAt(experiment, profile)) {
    ensembles.push(await collectEnsemble(store, plan, ensemble, over));
  }
  const dataset = { name: data.name, checksum: data.checksum, note: data.note };
  const timings = await collectTimings(store, plan);
  return { experiment, profileName, profile, dataset, engine, variants, ensembles, timings, command, store };
}

/** Measurements of the very steps that the plan's variants are trained by, whatever their profile was called. */
async function collectTimings(store: string, plan: Plan): Promise<readonly Timing[]> {
  const wanted = new Map(stepsToTime(plan).map(({ variant, step }) => [variant, step]));
  const timings = (await readTimings(store)).filter(({ experiment }) => experiment === plan.experiment.name);
  return timings
    .map(timing => ({
      ...timing,
      steps: timing.steps.filter(({ variant, step }) => wanted.get(variant) === step),
    }))
    .filter(({ steps }) => steps.length > 0);
}

/** Tests may outlive their network, which was removed or is being trained again: they count when it is there. */
function isOver({ state }: Pick<CollectedRun, 'state'>): boolean {
  return state === 'done' || state === 'diverged';
}

async function collectRun(
  store: string,
  experiment: Experiment,
  variant: Variant,
  planned: PlannedRun,
): Promise<CollectedRun> {
  const { state, reason, result } = await runStatus(store, planned.id);
  const evaluations = await collectEvaluations(
    store,
    experiment,
    variant,
    planned.evaluations,
    isOver({ state }),
  );
  return {
    id: planned.id,
    seed: planned.seed,
    state,
    reason,
    run: planned.run,
    test: errorRates(evaluations, 'test'),
    train: errorRates(evaluations, 'train'),
    evaluations,
    trainLoss: result?.trainLoss ?? null,
    seconds: result?.seconds ?? null,
    resumedFromStep: result?.resumedFromStep ?? null,
    imagesPerSecond: result?.imagesPerSecond ?? null,
    weightsSha256: result?.weightsSha256 ?? null,
    environment: result?.environment ?? null,
    responses: (planned.measuresResponses && (await readResponses(store, planned.id))) || null,
    events: await readEvents(store, planned.id),
  };
}

/** The errors by the first of the evaluations on a split. */
function errorRates(evaluations: readonly CollectedEvaluation[], split: Split): ErrorRates | null {
  const found = evaluations.find(evaluation => evaluation.split === split)?.predictions;
  if (!found) return null;
  const { top1Error, top5Error, loss, count } = found;
  return { top1Error, top5Error, loss, count };
}

/** The groups of an ensemble that were planned. */
async function collectEnsemble(
  store: string,
  { experiment, ensembles }: Plan,
  asked: Ensemble,
  over: ReadonlySet<string>,
): Promise<EnsembleResults> {
  const groups: EnsembleGroup[] = [];
  for (const { ensemble, seeds, runs, evaluations } of ensembles) {
    if (ensemble.name !== asked.name) continue;
    const ids = runs.map(({ id }) => id);
    const areOver = ids.every(id => over.has(id));
    groups.push({
      seeds,
      runs: ids,
      evaluations: await collectEvaluations(store, experiment, ensemble, evaluations, areOver),
    });
  }
  return { name: asked.name, variants: asked.variants, groups };
}

function collectEvaluations(
  store: string,
  experiment: Experiment,
  row: Pick<Variant, 'paperRow' | 'paperColumn'>,
  evaluations: readonly PlannedEvaluation[],
  count: boolean,
): Promise<readonly CollectedEvaluation[]> {
  const definitions = evaluations.map(({ definition }) => definition);
  return Promise.all(
    evaluations.map(async ({ id, evaluation, definition }): Promise<CollectedEvaluation> => {
      const { name, protocol, split } = definition;
      const paper = publishedErrors(experiment, row, definition, definitions);
      const predictions = count ? await predictionsOf(store, evaluation) : null;
      return { id, name, protocol, split, paper, predictions };
    }),
  );
}

async function predictionsOf(store: string, evaluation: Evaluation): Promise<Predictions | null> {
  const found = await readEvaluation(store, evaluation);
  if (!found) return null;
  const { evaluation: _, ...predictions } = found;
  return predictions;
}
