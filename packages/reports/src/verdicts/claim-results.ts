import type { Predictions } from '@strata/core/training';
import { type Metric, metricTitle, nameOf, type Term } from '@strata/experiments/catalog';
import type { CollectedEvaluation, CollectedRun, ExperimentResults } from '@strata/experiments/collect';
import type { BySeed } from '../statistics/index.js';
import { isOver } from '../summary/rows.js';
import { metricOf } from './metric-values.js';

/** The results of an experiment as claims look at them. */
export interface ClaimResults {
  readonly results: ExperimentResults;
  /** The seeds that were planned, rising. Verdicts are on these, no more and no fewer. */
  readonly seeds: readonly number[];
  /** How many pairs a verdict wants: those planned, and never fewer than the profile says. */
  readonly planned: number;
}

export function claimResults(results: ExperimentResults): ClaimResults {
  const { experiment, profileName, variants } = results;
  const seeds = [...new Set(variants.flatMap(({ runs }) => runs.map(run => run.seed)))].sort((a, b) => a - b);
  return { results, seeds, planned: Math.max(experiment.profiles[profileName].seeds, seeds.length) };
}

export function runsOf({ results }: ClaimResults, variant: string): readonly CollectedRun[] {
  return results.variants.find(({ name }) => name === variant)?.runs ?? [];
}

/** One network, or several together, tested in one way. */
export interface Tested {
  /** Seeds of the networks: one for a single network. */
  readonly seeds: readonly number[];
  readonly runs: readonly string[];
  readonly predictions: Predictions;
}

/** All tests of a term. Of a variant by itself it is the first of its evaluations on test images. */
export function testsOf(view: ClaimResults, term: Term): readonly Tested[] {
  const { variant, evaluation = null } = typeof term === 'string' ? { variant: term } : term;
  const tested = (
    seeds: readonly number[],
    runs: readonly string[],
    evaluations: readonly CollectedEvaluation[],
  ): readonly Tested[] => {
    const found = evaluations.find(({ name, split }) =>
      evaluation === null ? split === 'test' : name === evaluation,
    );
    return found?.predictions ? [{ seeds, runs, predictions: found.predictions }] : [];
  };
  const ensemble = view.results.ensembles.find(({ name }) => name === variant);
  return ensemble
    ? ensemble.groups.flatMap(({ seeds, runs, evaluations }) => tested(seeds, runs, evaluations))
    : runsOf(view, variant)
        .filter(isOver)
        .flatMap(run => tested([run.seed], [run.id], run.evaluations));
}

/** A metric of a term by seed, of an ensemble by its first seed. Diverged runs stay in, with what was measured of them. */
export function valuesOf(view: ClaimResults, term: Term, metric: Metric): BySeed {
  if (typeof term === 'string' && !view.results.ensembles.some(({ name }) => name === term)) {
    return new Map(
      runsOf(view, term).flatMap((run): (readonly [number, number])[] => {
        const value = metricOf(run, metric);
        return value === null ? [] : [[run.seed, value]];
      }),
    );
  }
  if (metric !== 'top1Error' && metric !== 'top5Error') {
    throw new RangeError(
      `${nameOf(term)} has no ${metricTitle(metric)}: a test by a protocol has errors alone.`,
    );
  }
  return new Map(
    testsOf(view, term).map(({ seeds: [seed = 0], predictions }) => [seed, predictions[metric]] as const),
  );
}

/** Ids of the runs of some terms at some seeds. */
export function runIds(
  { results }: ClaimResults,
  terms: readonly Term[],
  seeds: readonly number[],
): readonly string[] {
  const wanted = new Set(seeds);
  const ids = terms.flatMap(term => {
    const name = typeof term === 'string' ? term : term.variant;
    const ensemble = results.ensembles.find(candidate => candidate.name === name);
    const groups = ensemble?.groups.filter(group => group.seeds.some(seed => wanted.has(seed)));
    const variant = results.variants.find(candidate => candidate.name === name);
    const runs = variant?.runs.filter(({ seed }) => wanted.has(seed));
    return groups ? groups.flatMap(group => group.runs) : (runs ?? []).map(({ id }) => id);
  });
  return [...new Set(ids)];
}
