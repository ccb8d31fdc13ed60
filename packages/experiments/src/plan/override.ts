import { UsageError, unknownName } from '@strata/core/errors';
import { modelOptionNames } from '@strata/core/models';
import type { Profile } from '../catalog/index.js';
import { startSettings } from './start.js';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

/**
 * A profile with `key=value` settings applied: `recipe.epochs=3`, `options.width=0.5`, `recipe.augmentation=[]`, or of one
 * variant `variants.D.recipe.epochs=6`.
 * @throws UsageError for a key that the profile does not have, naming the nearest, or for a value of another type.
 */
export function overrideProfile(
  profile: Profile,
  settings: readonly string[],
  variants: readonly string[] = [],
): Profile {
  // Profiles are plain data: every value is JSON, and the checks below keep each key's type.
  return settings.reduce(
    (current, setting) => {
      const equals = setting.indexOf('=');
      if (equals < 1) {
        throw new UsageError(`--set ${setting}: expected key=value, as in --set recipe.epochs=3.`);
      }
      const key = setting.slice(0, equals);
      return withValue(current, key, parse(setting.slice(equals + 1)), variants);
    },
    profile as unknown as JsonObject,
  ) as unknown as Profile;
}

/** What a profile may have and most lack. */
const optionalSettings: readonly string[] = [
  ...startSettings,
  ...['train', 'test', 'validation'].map(part => `subset.${part}`),
  'recipe.freeze',
  'recipe.schedule',
  'recipe.schedule.warmUp',
  'recipe.initialisation',
  'recipe.initialisation.biasOne',
  'recipe.optimizer',
  'recipe.normalisation',
  'without',
];

/** What may be of another kind than it is; the recipe's own checks look at it. */
const eitherKind: readonly string[] = ['recipe.optimizer.decayOn'];

/** Data set and seeds have options of their own; a purpose is not for changing. */
function isSetting(key: string): boolean {
  return !['purpose', 'dataset', 'seeds'].includes(key);
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function withValue(profile: JsonObject, key: string, value: Json, variants: readonly string[]): JsonObject {
  const { variants: changed = {}, ...common } = profile;
  const optional = [...modelOptionNames.map(name => `options.${name}`), ...optionalSettings];
  const known = [...new Set([...leaves(common, ''), ...optional])].filter(isSetting);
  const variant = variants.find(name => key.startsWith(`variants.${name}.`));
  if (variant === undefined) {
    if (!known.includes(key)) throw unknownName('setting', key, known);
    return replace(profile, key.split('.'), value, key);
  }
  const inner = key.slice(`variants.${variant}.`.length);
  const ofVariant = ['model', 'dataset', ...known.filter(name => /^(options|recipe|subset)\./.test(name))];
  if (!ofVariant.includes(inner)) throw unknownName(`setting of ${variant}`, inner, ofVariant);
  const own = ((changed as JsonObject)[variant] ?? {}) as JsonObject;
  const settings = replace(own, inner.split('.'), value, key);
  return { ...profile, variants: { ...(changed as JsonObject), [variant]: settings } };
}

function replace(object: JsonObject, path: readonly string[], value: Json, key: string): JsonObject {
  const [head = '', ...rest] = path;
  const old = object[head];
  if (rest.length > 0) return { ...object, [head]: replace((old ?? {}) as JsonObject, rest, value, key) };
  if (old !== undefined && kindOf(old) !== kindOf(value) && !eitherKind.includes(key)) {
    throw new UsageError(
      `--set ${key}=${JSON.stringify(value)}: expected ${kindOf(old)} (now ${JSON.stringify(old)}), not ${kindOf(value)}.`,
    );
  }
  return { ...object, [head]: value };
}

function kindOf(value: Json): string {
  if (Array.isArray(value)) return 'a list';
  return value === null ? 'null' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** Dotted names of everything that is not an object. */
function leaves(value: JsonObject, prefix: string): readonly string[] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? leaves(inner as JsonObject, `${prefix}${key}.`)
      : [`${prefix}${key}`],
  );
}
