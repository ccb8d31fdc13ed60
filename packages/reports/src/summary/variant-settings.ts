import type { ExperimentResults } from '@strata/experiments/collect';
import type { Run } from '@strata/experiments/store';
import { type Described, describeRecipe, images, modelOptions } from './settings.js';

/** What tells the variants apart: each setting that not all of them share, in words. */
export interface VariantSettings {
  readonly names: readonly string[];
  readonly rows: readonly { readonly variant: string; readonly settings: Described }[];
}

/** Of the planned runs, as they are trained; a variant that was not planned is left out. */
export function variantSettings({ variants }: ExperimentResults): VariantSettings {
  const all = variants.flatMap(({ name, runs }) =>
    runs[0] ? [{ variant: name, settings: describeRun(runs[0].run, variants) }] : [],
  );
  const names = [...new Set(all.flatMap(({ settings }) => Object.keys(settings)))].filter(
    name => new Set(all.map(({ settings }) => settings[name])).size > 1,
  );
  return { names, rows: all };
}

function describeRun(run: Run, variants: ExperimentResults['variants']): Described {
  const { model, dataset, recipe, parents } = run;
  const nameOf = (id: string): string =>
    variants.find(({ runs }) => runs.some(candidate => candidate.id === id))?.name ?? `run ${id.slice(0, 8)}`;
  return {
    model: model.name,
    data: dataset.name,
    'training images': images(dataset.subset.train),
    'starts from': parents.map(parent => nameOf(parent.run)).join(', ') || 'random weights',
    ...modelOptions(model.options ?? {}),
    ...describeRecipe(recipe),
  };
}
