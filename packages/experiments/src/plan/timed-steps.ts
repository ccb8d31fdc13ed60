import type { Optimizer } from '@strata/core/engine';
import { hashJson } from '@strata/core/hash';
import { buildModel, type ModelSpec } from '@strata/core/models';
import { frozenLayers } from '@strata/core/training';
import type { Plan, PlannedRun } from './plan.js';

/** A training step of a variant, as it can be timed without any data. */
export interface StepToTime {
  readonly variant: string;
  /** Hash of what decides how long it takes, the machine apart. */
  readonly step: string;
  readonly engine: string;
  readonly model: ModelSpec;
  readonly batchSize: number;
  readonly optimizer: Optimizer;
  /** Names of layers that stay as they are. */
  readonly frozen: readonly string[];
  /** That its process holds at least. */
  readonly bytes: number;
}

/** One step for each planned variant: seeds, data and epochs do not change how long it takes. */
export function stepsToTime({ runs }: Pick<Plan, 'runs'>): readonly StepToTime[] {
  const variants = [...new Set(runs.map(({ variant }) => variant))];
  return variants.flatMap(name => {
    const first = runs.find(({ variant }) => variant === name);
    return first ? [stepOf(first)] : [];
  });
}

function stepOf({ variant, run, trainingBytes: bytes }: PlannedRun): StepToTime {
  const { engine, model, network, recipe, dataset } = run;
  const { optimizer } = recipe;
  // A set smaller than a batch is one smaller batch.
  const batchSize = Math.min(recipe.batchSize, dataset.subset.train ?? recipe.batchSize);
  const frozen = frozenLayers(buildModel(model), recipe.freeze);
  const step = hashJson({ engine, network, batchSize, optimizer, frozen }).slice(0, 20);
  return { variant, step, engine, model, batchSize, optimizer, frozen, bytes };
}
