import { describeProtocol } from '@strata/core/training';
import type { CollectedEvaluation, ExperimentResults } from '@strata/experiments/collect';
import type { Column } from './columns.js';

export interface EvaluationLine {
  readonly tested: string;
  readonly seeds: readonly number[];
  readonly runs: readonly string[];
  readonly evaluation: CollectedEvaluation;
}

/** One row a planned evaluation of a network, or of several together. */
export function evaluationLines({ variants, ensembles }: ExperimentResults): readonly EvaluationLine[] {
  const single = variants.flatMap(({ name, runs }) =>
    runs.map(({ seed, id, evaluations }) => ({ tested: name, seeds: [seed], runs: [id], evaluations })),
  );
  const together = ensembles.flatMap(({ name, groups }) =>
    groups.map(({ seeds, runs, evaluations }) => ({ tested: name, seeds, runs, evaluations })),
  );
  return [...single, ...together].flatMap(({ evaluations, ...line }) =>
    evaluations.map(evaluation => ({ ...line, evaluation })),
  );
}

export const evaluationColumns: readonly Column<EvaluationLine>[] = [
  { name: 'tested', description: 'variant, or networks tested together', value: row => row.tested },
  { name: 'seeds', description: 'of the networks, apart by spaces', value: row => row.seeds.join(' ') },
  { name: 'runs', description: 'their ids, apart by spaces', value: row => row.runs.join(' ') },
  { name: 'id', description: "the evaluation's id and file name", value: row => row.evaluation.id },
  { name: 'evaluation', description: 'as the experiment calls it', value: row => row.evaluation.name },
  {
    name: 'protocol',
    description: 'which views of an image are averaged',
    value: row => describeProtocol(row.evaluation.protocol),
  },
  { name: 'split', description: 'test or train images', value: row => row.evaluation.split },
  {
    name: 'paper_top1_error',
    description: 'percent, as published',
    value: row => row.evaluation.paper.top1Error,
  },
  {
    name: 'top1_error',
    description: 'percent; empty where it has not been tested so',
    value: row => row.evaluation.predictions?.top1Error ?? null,
  },
  {
    name: 'top5_error',
    description: 'percent',
    value: row => row.evaluation.predictions?.top5Error ?? null,
  },
  {
    name: 'loss',
    description: 'nats, mean over images',
    value: row => row.evaluation.predictions?.loss ?? null,
  },
  {
    name: 'images',
    description: 'number of images',
    value: row => row.evaluation.predictions?.count ?? null,
  },
];
