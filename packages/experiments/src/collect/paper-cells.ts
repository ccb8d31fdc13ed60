import { buildModel } from '@strata/core/models';
import { multiplyAdds, parameterCount, trainingBytes } from '@strata/core/network';
import type { Experiment, TableEvaluation, Variant } from '../catalog/index.js';
import { rowOf, tableOf } from '../papers/index.js';
import type { PaperCells, PublishedErrors } from './results.js';

type Cells = Readonly<Record<string, string>>;

const NONE: PublishedErrors = { top1Error: null, top5Error: null };

/** The names that the papers' tables have for top-1 and top-5 errors. */
const TOP1 = ['top1', 'top1_val'];
const TOP5 = ['top5', 'top5_val'];

/**
 * The published errors of a row (a variant's or an ensemble's) tested in one way. A way that names no cells of its own is taken for
 * the paper's where it is the row's first on test images.
 */
export function publishedErrors(
  { paper, table }: Experiment,
  row: Cells,
  evaluation: TableEvaluation,
  evaluations: readonly TableEvaluation[],
): PublishedErrors {
  const isFirst = evaluation === evaluations.find(({ split }) => split === 'test');
  if (!isFirst && !evaluation.paperRow) return NONE;
  const cells = rowOf(tableOf(paper, table), { ...row, ...evaluation.paperRow });
  const number = (columns: readonly string[]): number | null => {
    const value = columns.map(column => cells[column]).find(cell => typeof cell === 'number');
    return typeof value === 'number' ? value : null;
  };
  return { top1Error: number(TOP1), top5Error: number(TOP5) };
}

/** The published errors of a variant, and the counts of the published network, taken from its graph. */
export function paperCells(
  experiment: Experiment,
  variant: Variant,
  evaluations: readonly TableEvaluation[],
): PaperCells {
  const first = evaluations.find(({ split }) => split === 'test');
  const options = { ...experiment.profiles.paper.options, ...variant.options };
  const network = buildModel({ name: variant.model, options });
  return {
    ...(first ? publishedErrors(experiment, variant.paperRow, first, evaluations) : NONE),
    parameters: parameterCount(network),
    multiplyAdds: multiplyAdds(network),
    trainingBytes: trainingBytes(network, experiment.profiles.paper.recipe.batchSize),
  };
}
