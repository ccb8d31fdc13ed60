import { UsageError, unknownName } from '@strata/core/errors';
import type { Ensemble, TableEvaluation } from '@strata/experiments/catalog';
import {
  askedEvaluations,
  ensemblesAt,
  evaluationsAt,
  type Plan,
  type PlannedEnsemble,
  type PlannedRun,
  planEnsembles,
} from '@strata/experiments/plan';
import type { Split } from '@strata/experiments/store';
import { splitNames } from './experiment-options.js';
import type { OptionValues } from './options.js';

/** The options that decide what trained networks are tested by, and which of them together. */
export const testOptions = ['protocol', 'split', 'average', 'members'] as const;
export type TestOptions = OptionValues<(typeof testOptions)[number]>;

export interface WhatToTest {
  /** One by one, by those of the definitions that are for them. */
  readonly runs: readonly PlannedRun[];
  readonly definitions: readonly TableEvaluation[];
  readonly ensembles: readonly PlannedEnsemble[];
}

/**
 * The experiment's own evaluations, runs and ensembles, or what the options ask for in their place.
 * @throws UsageError for names that are unknown, and for an average of more than was planned.
 */
export function whatToTest(plan: Plan, options: TestOptions): WhatToTest {
  const { experiment, profile, runs } = plan;
  const { protocol, average, members = 1 } = options;
  const split = options.split === undefined ? undefined : splitNamed(options.split);
  const own = evaluationsAt(experiment, profile);
  const definitions = protocol
    ? askedEvaluations(protocol, own, split ?? 'test')
    : own.filter(definition => split === undefined || definition.split === split);
  if (average === undefined) {
    return {
      runs,
      definitions,
      ensembles: planEnsembles(ensemblesAt(experiment, profile), definitions, runs),
    };
  }
  const ensemble = averageOf(average, members, plan);
  const together = definitions
    .filter(definition => definition.split === (split ?? 'test'))
    .map(definition => ({ ...definition, of: [ensemble.name] }));
  const ensembles = planEnsembles([ensemble], together, runs);
  if (ensembles.length === 0) {
    throw new UsageError(
      `--average=${average} takes ${members} ${members === 1 ? 'seed' : 'seeds'} of each variant together, and fewer are planned; use --seeds=${members}, and leave --only out.`,
    );
  }
  return { runs: [], definitions, ensembles };
}

function splitNamed(name: string): Split {
  const splits: readonly Split[] = ['test', 'train'];
  const found = splits.find(split => split === name);
  if (!found) throw unknownName('split', name, splits);
  return found;
}

function averageOf(names: string, seeds: number, { experiment }: Plan): Ensemble {
  const known = experiment.variants.map(variant => variant.name);
  const variants = [...new Set(splitNames(names))];
  for (const variant of variants) {
    if (!known.includes(variant)) throw unknownName(`variant of ${experiment.name}`, variant, known);
  }
  return { name: variants.join(' + '), variants, seeds, paperRow: {} };
}
