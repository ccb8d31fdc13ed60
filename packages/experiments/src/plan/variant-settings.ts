import type { Subset } from '@strata/core/data';
import type { ModelSpec } from '@strata/core/models';
import type { Shape } from '@strata/core/network';
import type { Recipe } from '@strata/core/training';
import type { Changes, Experiment, Profile, Variant } from '../catalog/index.js';

/** What a variant is trained as at a profile, its own changes made; the number of classes is the data's to say. */
export interface VariantSettings {
  readonly model: ModelSpec & { readonly options: { readonly input: Shape } };
  readonly recipe: Recipe;
  readonly dataset: string;
  readonly subset: Subset;
}

export function settingsOf(profile: Profile, variant: Variant): VariantSettings {
  const here: Changes = profile.variants?.[variant.name] ?? {};
  return {
    model: {
      name: here.model ?? variant.model,
      options: { ...profile.options, ...variant.options, ...here.options },
    },
    recipe: withChanges(withChanges(profile.recipe, variant.recipe), here.recipe),
    dataset: here.dataset ?? variant.dataset ?? profile.dataset,
    subset: { ...profile.subset, ...variant.subset, ...here.subset },
  };
}

/** The variants that are trained at a profile. */
export function variantsAt({ variants }: Experiment, { without = [] }: Profile): readonly Variant[] {
  return variants.filter(({ name }) => !without.includes(name));
}

/** Names of all data sets that the variants of a profile are trained on, the profile's own first. */
export function dataSetsOf(experiment: Experiment, profile: Profile): readonly string[] {
  const own = variantsAt(experiment, profile).map(variant => settingsOf(profile, variant).dataset);
  return [...new Set([profile.dataset, ...own])];
}

function withChanges<T>(base: T, changes: unknown): T {
  if (changes === undefined) return base;
  if (!isPlainObject(base) || !isPlainObject(changes) || isOfAnotherKind(base, changes)) return changes as T;
  const merged = Object.entries(changes).map(([key, value]) => [key, withChanges(base[key], value)] as const);
  return { ...base, ...Object.fromEntries(merged) };
}

function isOfAnotherKind(base: Fields, changes: Fields): boolean {
  return changes.kind !== undefined && changes.kind !== base.kind;
}

type Fields = Readonly<Record<string, unknown>>;

function isPlainObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
