import { testScale } from '@strata/core/data';
import type { Shape } from '@strata/core/network';
import { type Protocol, type Recipe, WHOLE_IMAGE } from '@strata/core/training';
import type { Ensemble, Experiment, Profile, TableEvaluation, Variant } from '../catalog/index.js';
import { type Evaluation, evaluationId, NUMERICS } from '../store/index.js';
import type { PlannedRun } from './plan.js';
import { settingsOf } from './variant-settings.js';

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
function usualEvaluations(recipe: Pick<Recipe, 'augmentation'>, input: Shape): readonly TableEvaluation[] {
  const protocol = usualProtocol(recipe, input);
  return [
    { name: 'test', protocol, split: 'test' },
    { name: 'train', protocol, split: 'train' },
  ];
}

export function evaluationsAt(experiment: Experiment, profile: Profile): readonly TableEvaluation[] {
  const { recipe, options } = profile;
  return ownEvaluations(experiment, profile) ?? usualEvaluations(recipe, options.input);
}

function ownEvaluations(experiment: Experiment, profile: Profile): readonly TableEvaluation[] | undefined {
  return profile.evaluations ?? experiment.evaluations;
}

export function ensemblesAt(experiment: Experiment, profile: Profile): readonly Ensemble[] {
  return profile.ensembles ?? experiment.ensembles ?? [];
}

/** The ways in which a variant's runs are tested: the usual ones are by the variant's own recipe. */
export function evaluationsOf(
  experiment: Experiment,
  profile: Profile,
  variant: Variant,
): readonly TableEvaluation[] {
  const { recipe, model } = settingsOf(profile, variant);
  const all = ownEvaluations(experiment, profile) ?? usualEvaluations(recipe, model.options.input);
  return evaluationsFor(all, variant.name);
}

/** Those of the evaluations that are for a variant or ensemble of that name. */
export function evaluationsFor(
  definitions: readonly TableEvaluation[],
  name: string,
): readonly TableEvaluation[] {
  return definitions.filter(({ of }) => !of || of.includes(name));
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
