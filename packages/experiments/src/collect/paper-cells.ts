import { buildModel } from '@strata/core/models';
import { multiplyAdds, parameterCount, trainingBytes } from '@strata/core/network';
import type { Experiment, TableEvaluation, Variant } from '../catalog/index.js';
import { rowOf, tableOf } from '../papers/index.js';
import { settingsOf } from '../plan/index.js';
import type { PaperCells, PublishedErrors } from './results.js';

/** What ties a variant or an ensemble to the paper's table. */
type Published = Pick<Variant, 'paperRow' | 'paperColumn'>;

const NONE: PublishedErrors = { top1Error: null, top5Error: null };

/** The names that the papers' tables have for top-1 and top-5 errors. */
const TOP1 = ['top1', 'top1_val', 'error'];
const TOP5 = ['top5', 'top5_val'];

/**
 * The published errors of a row (a variant's or an ensemble's) tested in one way. A way that names no cells of its own is taken for
 * the paper's where it is the row's first on test images.
 */
export function publishedErrors(
  { paper, table }: Experiment,
  { paperRow, paperColumn }: Published,
  evaluation: TableEvaluation,
  evaluations: readonly TableEvaluation[],
): PublishedErrors {
  const isFirst = evaluation === evaluations.find(({ split }) => split === 'test');
  if (!isFirst && !evaluation.paperRow) return NONE;
  if (!paper || table === undefined || !paperRow) return NONE;
  const cells = rowOf(tableOf(paper, table), { ...paperRow, ...evaluation.paperRow });
  const number = (columns: readonly string[]): number | null => {
    const value = columns.map(column => cells[column]).find(cell => typeof cell === 'number');
    return typeof value === 'number' ? value : null;
  };
  return paperColumn === undefined
    ? { top1Error: number(TOP1), top5Error: number(TOP5) }
    : { top1Error: number([paperColumn]), top5Error: null };
}

/** The published errors of a variant, and the counts of the published network, taken from its graph. */
export function paperCells(
  experiment: Experiment,
  variant: Variant,
  evaluations: readonly TableEvaluation[],
): PaperCells {
  const first = evaluations.find(({ split }) => split === 'test');
  const network = buildModel(settingsOf(experiment.profiles.paper, variant).model);
  return {
    ...(first ? publishedErrors(experiment, variant, first, evaluations) : NONE),
    parameters: parameterCount(network),
    multiplyAdds: multiplyAdds(network),
    trainingBytes: trainingBytes(network, experiment.profiles.paper.recipe.batchSize),
  };
}
