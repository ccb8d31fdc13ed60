import { differencesOf, type ValueDifference } from './differences.js';
import type { StoredRun } from './store-runs.js';

/** A run of each store, taken for the same thing. */
export interface RunPair {
  readonly name: string;
  /** The same id, or the same place in a table: experiment, profile, variant and seed. */
  readonly pairedBy: 'id' | 'name';
  readonly a: string;
  readonly b: string;
  readonly states: readonly [a: StoredRun['state'], b: StoredRun['state']];
  /** Of the runs' descriptions: none where they have the same id. */
  readonly configuration: readonly ValueDifference[];
  /** What they came to, where both have it. */
  readonly numbers: readonly NumberDifference[];
  /** Whether the final weights are the same to the last bit; null where one has none. */
  readonly sameWeights: boolean | null;
  /** Where and by what they were computed: what differs. */
  readonly environment: readonly ValueDifference[];
}

export interface NumberDifference {
  readonly name: string;
  readonly a: number | null;
  readonly b: number | null;
  /** b minus a; null where one is missing. */
  readonly difference: number | null;
}

export interface StoreComparison {
  readonly pairs: readonly RunPair[];
  readonly onlyInA: readonly UnpairedRun[];
  readonly onlyInB: readonly UnpairedRun[];
}

export interface UnpairedRun {
  readonly id: string;
  readonly name: string;
}

/** Pairs the runs of two stores, first by id, then by their place in a table, and says what differs. */
export function compareStores(a: readonly StoredRun[], b: readonly StoredRun[]): StoreComparison {
  const byId = a.flatMap(run => {
    const other = b.find(({ id }) => id === run.id);
    return other ? [pairOf(run, other, 'id')] : [];
  });
  const taken = new Set(byId.map(({ a: id }) => id));
  const restA = a.filter(({ id }) => !taken.has(id));
  const restB = b.filter(({ id }) => !taken.has(id));
  const used = new Set<string>();
  const byName = restA.flatMap(run => {
    const other = restB.find(
      ({ id, names }) => !used.has(id) && names.some(name => run.names.includes(name)),
    );
    if (!other) return [];
    used.add(other.id);
    return [pairOf(run, other, 'name')];
  });
  const named = new Set(byName.map(({ a: id }) => id));
  const brief = ({ id, names }: StoredRun): UnpairedRun => ({ id, name: names[0] ?? id });
  return {
    pairs: [...byId, ...byName].sort((x, y) => x.name.localeCompare(y.name, 'en', { numeric: true })),
    onlyInA: restA.filter(({ id }) => !named.has(id)).map(brief),
    onlyInB: restB.filter(({ id }) => !used.has(id)).map(brief),
  };
}

function pairOf(a: StoredRun, b: StoredRun, pairedBy: RunPair['pairedBy']): RunPair {
  const shared = a.names.find(name => b.names.includes(name));
  const weights = [a.result?.weightsSha256, b.result?.weightsSha256];
  return {
    name: shared ?? a.names[0] ?? a.id,
    pairedBy,
    a: a.id,
    b: b.id,
    states: [a.state, b.state],
    configuration: differencesOf(a.run, b.run),
    numbers: [
      numberOf('top1Error', a.top1Error, b.top1Error),
      numberOf('trainLoss', a.result?.trainLoss, b.result?.trainLoss),
      numberOf('seconds', a.result?.seconds, b.result?.seconds),
    ],
    sameWeights: weights.includes(undefined) ? null : weights[0] === weights[1],
    environment: differencesOf(a.result?.environment ?? {}, b.result?.environment ?? {}),
  };
}

function numberOf(name: string, a: number | null = null, b: number | null = null): NumberDifference {
  return { name, a, b, difference: a === null || b === null ? null : b - a };
}
