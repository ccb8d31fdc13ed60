import type { CollectedEvaluation, ExperimentResults } from '@strata/experiments/collect';
import { type Interval, mean, tInterval } from '../statistics/index.js';
import { forbiddenMixturesOf } from './mixtures.js';
import { isOver } from './rows.js';

/** A row of the table tested in one way: errors in percent, as in `SummaryRow`. */
export interface EvaluationRow {
  /** A variant, or several networks that were tested together. */
  readonly tested: string;
  readonly isEnsemble: boolean;
  /** As the experiment calls it. */
  readonly evaluation: string;
  readonly protocol: CollectedEvaluation['protocol'];
  readonly paper: number | null;
  readonly paperTop5: number | null;
  readonly mean: number | null;
  readonly interval: Interval | null;
  readonly meanTop5: number | null;
  /** Networks, or groups of networks, that were tested so. */
  readonly n: number;
  readonly planned: number;
}

/** Whether the table has more to show than each network tested once. */
export function isTestedOtherwise(rows: readonly EvaluationRow[]): boolean {
  return rows.some(row => row.isEnsemble) || new Set(rows.map(row => row.evaluation)).size > 1;
}

/** Every way in which variants and ensembles are tested on test images, by way, then in the experiment's order. */
export function evaluationRows({ variants, ensembles }: ExperimentResults): readonly EvaluationRow[] {
  const tested = [
    ...variants.map(({ name, runs }) => ({
      name,
      isEnsemble: false,
      each: runs.map(run => ({
        counts: isOver(run) && forbiddenMixturesOf(runs.filter(isOver)).length === 0,
        evaluations: run.evaluations,
      })),
    })),
    ...ensembles.map(({ name, groups }) => ({
      name,
      isEnsemble: true,
      each: groups.map(({ evaluations }) => ({ counts: true, evaluations })),
    })),
  ];
  const rows = tested.flatMap(({ name, isEnsemble, each }) =>
    namesOf(each.flatMap(one => one.evaluations)).map(evaluation => {
      const found = each.flatMap(one =>
        one.evaluations
          .filter(candidate => candidate.split === 'test' && candidate.name === evaluation)
          .map(candidate => ({ counts: one.counts, ...candidate })),
      );
      return rowOf(name, isEnsemble, found);
    }),
  );
  const order = namesOf(tested.flatMap(({ each }) => each.flatMap(one => one.evaluations)));
  return order.flatMap(evaluation =>
    rows.filter(row => row?.evaluation === evaluation).flatMap(row => row ?? []),
  );
}

function namesOf(evaluations: readonly CollectedEvaluation[]): readonly string[] {
  return [...new Set(evaluations.filter(({ split }) => split === 'test').map(({ name }) => name))];
}

function rowOf(
  tested: string,
  isEnsemble: boolean,
  evaluations: readonly (CollectedEvaluation & { readonly counts: boolean })[],
): EvaluationRow | null {
  const [first] = evaluations;
  if (!first) return null;
  const predictions = evaluations.flatMap(({ counts, predictions: found }) =>
    counts && found ? [found] : [],
  );
  const errors = predictions.map(({ top1Error }) => top1Error).filter(Number.isFinite);
  const top5 = predictions.map(({ top5Error }) => top5Error).filter(Number.isFinite);
  return {
    tested,
    isEnsemble,
    evaluation: first.name,
    protocol: first.protocol,
    paper: first.paper.top1Error,
    paperTop5: first.paper.top5Error,
    mean: errors.length === 0 ? null : mean(errors),
    interval: errors.length < 2 ? null : tInterval(errors),
    meanTop5: top5.length === 0 ? null : mean(top5),
    n: errors.length,
    planned: evaluations.length,
  };
}
