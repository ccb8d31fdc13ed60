import { UsageError, unknownName } from '@strata/core/errors';
import { modelOptionNames } from '@strata/core/models';
import type { Profile } from '../catalog/index.js';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

/**
 * A profile with `key=value` settings applied: `recipe.epochs=3`, `options.width=0.5`, `subset.train=1000`.
 * @throws UsageError for a key that the profile does not have, naming the nearest, or for a value of another type.
 */
export function overrideProfile(profile: Profile, settings: readonly string[]): Profile {
  // Profiles are plain data: every value is JSON, and the checks below keep each key's type.
  return settings.reduce(
    (current, setting) => {
      const equals = setting.indexOf('=');
      if (equals < 1) {
        throw new UsageError(`--set ${setting}: expected key=value, as in --set recipe.epochs=3.`);
      }
      const key = setting.slice(0, equals);
      return withValue(current, key, parse(setting.slice(equals + 1)));
    },
    profile as unknown as JsonObject,
  ) as unknown as Profile;
}

/** Data set and seeds have options of their own; a purpose is not for changing. */
function isSetting(key: string): boolean {
  return !['purpose', 'dataset', 'seeds'].includes(key);
}

/** A profile may leave these out. */
const SUBSET_SETTINGS = ['subset.train', 'subset.test', 'subset.validation'];

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function withValue(profile: JsonObject, key: string, value: Json): JsonObject {
  const optional = [...modelOptionNames.map(name => `options.${name}`), ...SUBSET_SETTINGS];
  const known = [...leaves(profile, ''), ...optional].filter(isSetting);
  if (!known.includes(key)) throw unknownName('setting', key, [...new Set(known)]);
  return replace(profile, key.split('.'), value, key);
}

function replace(object: JsonObject, path: readonly string[], value: Json, key: string): JsonObject {
  const [head = '', ...rest] = path;
  const old = object[head];
  if (rest.length > 0) return { ...object, [head]: replace((old ?? {}) as JsonObject, rest, value, key) };
  if (old !== undefined && kindOf(old) !== kindOf(value)) {
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
