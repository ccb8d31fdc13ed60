import { WHOLE_IMAGE } from '@strata/core/training';
import { readPlanRecords } from '@strata/experiments/plan';
import {
  listRuns,
  NUMERICS,
  type Run,
  type RunResult,
  type RunState,
  readEvaluation,
} from '@strata/experiments/store';

/** A run of a store with what it came to, and as what it was planned. */
export interface StoredRun {
  readonly id: string;
  readonly run: Run;
  readonly state: RunState;
  readonly result: RunResult | null;
  /** In percent; null where it was not tested on whole images. */
  readonly top1Error: number | null;
  /** `vgg-depth B seed 3`, for each table that asked for it. */
  readonly names: readonly string[];
}

/** Every run of a store that can be read, in order of id. */
export async function storedRuns(store: string): Promise<readonly StoredRun[]> {
  const names = await plannedNames(store);
  const found: StoredRun[] = [];
  for (const { id, run, state, result } of await listRuns(store)) {
    if (!run) continue;
    const test = await readEvaluation(store, {
      runs: [id],
      protocol: WHOLE_IMAGE,
      split: 'test',
      numerics: NUMERICS,
    });
    const known = names.get(id) ?? [`${run.model.name}, seed ${run.seed}`];
    found.push({ id, run, state, result, top1Error: test?.top1Error ?? null, names: known });
  }
  return found;
}

async function plannedNames(store: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const names = new Map<string, string[]>();
  for (const { plan } of await readPlanRecords(store)) {
    for (const { id, variant, seed } of plan.runs) {
      const name = `${plan.experiment.name} ${plan.profileName} ${variant}, seed ${seed}`;
      names.set(id, [...(names.get(id) ?? []), name]);
    }
  }
  return names;
}
