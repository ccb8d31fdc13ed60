import type { Experiment } from '@strata/experiments/catalog';
import type { ExperimentResults, VariantResults } from '@strata/experiments/collect';
import { settingsOf } from '@strata/experiments/plan';

type UsedData = Pick<ExperimentResults['dataset'], 'name' | 'checksum'>;

/** The data that a variant's runs are of. */
export function dataOf({ dataset }: ExperimentResults, { runs }: VariantResults): UsedData {
  return runs[0]?.run.dataset ?? dataset;
}

/**
 * The results of each data set by themselves, the profile's own first: errors on different data share no axis, no scale and
 * no ranking.
 */
export function byData(results: ExperimentResults): readonly ExperimentResults[] {
  const { experiment, dataset, variants } = results;
  const sets = new Map(
    [dataset, ...variants.map(variant => dataOf(results, variant))].map(own => [keyOf(own), own]),
  );
  const groups = [...sets.values()].map(({ name, checksum }) => {
    const own = variants.filter(variant => keyOf(dataOf(results, variant)) === keyOf({ name, checksum }));
    const isProfiles = keyOf(dataset) === keyOf({ name, checksum });
    const isOf = (variant: string): boolean => {
      const found = variants.find(candidate => candidate.name === variant);
      return found ? own.includes(found) : isProfiles;
    };
    return {
      ...results,
      dataset: isProfiles ? dataset : { name, checksum, note: null },
      variants: own,
      experiment: { ...experiment, variants: experiment.variants.filter(variant => isOf(variant.name)) },
    };
  });
  const filled = groups.filter(group => group.experiment.variants.length > 0);
  return filled.length > 1 ? filled : [results];
}

/** The data that the paper's errors of an experiment's variants are on. */
export function publishedOn({ variants, profiles }: Experiment): string {
  return [...new Set(variants.map(variant => settingsOf(profiles.paper, variant).dataset))].join(' and ');
}

function keyOf({ name, checksum }: UsedData): string {
  return `${name} ${checksum}`;
}
