import { testScale } from '@strata/core/data';
import type { Shape } from '@strata/core/network';
import { type Protocol, type Recipe, WHOLE_IMAGE } from '@strata/core/training';
import type { Ensemble, Experiment, Profile, TableEvaluation } from '../catalog/index.js';
import { type Evaluation, evaluationId, NUMERICS } from '../store/index.js';
import type { PlannedRun } from './plan.js';

/** An evaluation as a plan holds it: what is to be tested how, and what the experiment calls that. */
export interface PlannedEvaluation {
  readonly id: string;
  readonly evaluation: Evaluation;
  /** From the experiment, or from the user. */
  readonly definition: TableEvaluation;
}

/** Runs that are tested together. */
export interface PlannedEnsemble {
  readonly ensemble: Ensemble;
  readonly seeds: readonly number[];
  /** In order of their ids. */
  readonly runs: readonly PlannedRun[];
  readonly evaluations: readonly PlannedEvaluation[];
}

/** One pass over each image: as it is, or its middle where training crops rescaled images. */
export function usualProtocol({ augmentation }: Pick<Recipe, 'augmentation'>, input: Shape): Protocol {
  return augmentation.some(({ kind }) => kind === 'rescale-crop')
    ? { kind: 'centre-crop', scales: [testScale(augmentation, input)] }
    : WHOLE_IMAGE;
}

/** The test images, and the training images without augmentation. */
function usualEvaluations({ recipe, options }: Profile): readonly TableEvaluation[] {
  const protocol = usualProtocol(recipe, options.input);
  return [
    { name: 'test', protocol, split: 'test' },
    { name: 'train', protocol, split: 'train' },
  ];
}

export function evaluationsAt(experiment: Experiment, profile: Profile): readonly TableEvaluation[] {
  return profile.evaluations ?? experiment.evaluations ?? usualEvaluations(profile);
}

export function ensemblesAt(experiment: Experiment, profile: Profile): readonly Ensemble[] {
  return profile.ensembles ?? experiment.ensembles ?? [];
}

/** Those of the evaluations that a variant's runs are tested by. */
export function evaluationsOf(
  definitions: readonly TableEvaluation[],
  variant: string,
): readonly TableEvaluation[] {
  return definitions.filter(({ of }) => !of || of.includes(variant));
}

export function planEvaluations(
  definitions: readonly TableEvaluation[],
  runs: readonly string[],
): readonly PlannedEvaluation[] {
  return definitions.map(definition => {
    const { protocol, split } = definition;
    const evaluation: Evaluation = { runs: runs.toSorted(), protocol, split, numerics: NUMERICS };
    return { id: evaluationId(evaluation), evaluation, definition };
  });
}

/**
 * Groups of the planned runs, for each ensemble so many seeds at a time in the plan's order; seeds that are left over, and ensembles
 * of variants that are not planned, make none.
 */
export function planEnsembles(
  ensembles: readonly Ensemble[],
  definitions: readonly TableEvaluation[],
  runs: readonly PlannedRun[],
): readonly PlannedEnsemble[] {
  const planned = [...new Set(runs.map(({ seed }) => seed))];
  return ensembles.flatMap(ensemble => {
    const groups = Array.from({ length: Math.floor(planned.length / ensemble.seeds) }, (_, i) =>
      planned.slice(i * ensemble.seeds, (i + 1) * ensemble.seeds),
    );
    const tested = definitions.filter(({ of, split }) =>
      of ? of.includes(ensemble.name) : split === 'test',
    );
    return groups.flatMap((seeds): readonly PlannedEnsemble[] => {
      const members = runs
        .filter(({ variant, seed }) => ensemble.variants.includes(variant) && seeds.includes(seed))
        .toSorted((a, b) => (a.id < b.id ? -1 : 1));
      if (members.length !== ensemble.variants.length * seeds.length) return [];
      const ids = members.map(({ id }) => id);
      return [{ ensemble, seeds, runs: members, evaluations: planEvaluations(tested, ids) }];
    });
  });
}
