import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf, UsageError } from '@strata/core/errors';
import {
  type Claim,
  type Experiment,
  experimentNames,
  type ProfileName,
  profileNames,
  termsOf,
  variantOf,
} from '../catalog/index.js';
import { isPublished } from '../papers/index.js';
import { ensemblesAt, evaluationsAt } from '../plan/index.js';
import { experimentSchema } from './experiment-schema.js';

/**
 * Reads a user's own experiment: the default export of a TypeScript or JavaScript module, or JSON. It may import from
 * `@strata/experiments/catalog` wherever it lies. Profiles that it lacks are like those that it has.
 * @throws UsageError where the file cannot be read or is no experiment, saying what was expected where.
 */
export async function loadExperiment(path: string): Promise<Experiment> {
  if (!existsSync(path))
    throw new UsageError(`There is no file ${path}; expected an experiment's (.ts, .js or .json).`);
  return experimentFrom(await contentOf(path), path);
}

async function contentOf(path: string): Promise<unknown> {
  try {
    if (extname(path) === '.json') return JSON.parse(await readFile(path, 'utf8'));
    // Loaded only here: nobody else needs a compiler.
    const { createJiti } = await import('jiti');
    const jiti = createJiti(import.meta.url, { moduleCache: false, alias: aliases });
    return await jiti.import(path, { default: true });
  } catch (error) {
    throw new UsageError(`${path} cannot be read as an experiment: ${messageOf(error).split('\n')[0]}`);
  }
}

/** The packages by their names, for files from where they cannot be found. */
const aliases = Object.fromEntries(
  ['catalog', 'plan', 'papers'].map(part => [
    `@strata/experiments/${part}`,
    fileURLToPath(new URL(`../../dist/${part}/index.js`, import.meta.url)),
  ]),
);

/** @throws UsageError naming the field that is wrong, and what was expected of it. */
export function experimentFrom(content: unknown, path: string): Experiment {
  const parsed = experimentSchema.safeParse(content);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') || 'the default export';
    throw new UsageError(`${path}: ${where} is wrong (${issue?.message}); see the README for an example.`);
  }
  // What the schema leaves to the planning has no finer type yet.
  const given = parsed.data as unknown as Omit<Experiment, 'profiles'> & {
    readonly profiles: Partial<Experiment['profiles']>;
  };
  const experiment: Experiment = { ...given, profiles: withAllProfiles(given.profiles) };
  checkNames(experiment, path);
  return experiment;
}

/** A profile that is missing is like the next larger one that there is, or else the largest. */
function withAllProfiles(given: Partial<Experiment['profiles']>): Experiment['profiles'] {
  const largest = profileNames.findLast(name => given[name]);
  const entries = profileNames.map((name, i) => {
    const next = profileNames.slice(i).find(candidate => given[candidate]) ?? largest;
    return [name, given[next as ProfileName]] as const;
  });
  return Object.fromEntries(entries) as unknown as Experiment['profiles'];
}

/** @throws UsageError where something names what the experiment does not have. */
function checkNames(experiment: Experiment, path: string): void {
  const refuse = (what: string): never => {
    throw new UsageError(`${path}: ${what}.`);
  };
  const { name, variants, claims } = experiment;
  if (experimentNames.includes(name)) refuse(`name is ${name}, which the catalog has; choose another`);
  const names = variants.map(variant => variant.name);
  const twice = names.find((variant, i) => names.indexOf(variant) !== i);
  if (twice !== undefined) refuse(`two variants are called ${twice}; names must differ`);
  for (const [i, { name: own, startsFrom }] of variants.entries()) {
    if (startsFrom && !names.slice(0, i).includes(startsFrom.variant))
      refuse(`${own} starts from ${startsFrom.variant}, which must be a variant that stands before it`);
  }
  for (const claim of claims) checkClaim(experiment, claim, path);
}

function checkClaim(experiment: Experiment, claim: Claim, path: string): void {
  const profiles = profileNames.map(profile => experiment.profiles[profile]);
  const rows = [...experiment.variants, ...profiles.flatMap(profile => ensemblesAt(experiment, profile))];
  const evaluations = profiles.flatMap(profile => evaluationsAt(experiment, profile));
  const about = (
    what: string,
    known: readonly { readonly name: string }[],
    asked: readonly string[],
  ): void => {
    const names = [...new Set(known.map(({ name }) => name))];
    const unknown = asked.find(name => !names.includes(name));
    if (unknown !== undefined) {
      throw new UsageError(
        `${path}: the claim ${claim.id} is about ${what}${unknown}; known are ${names.join(', ')}.`,
      );
    }
  };
  const terms = termsOf(claim);
  about('', rows, [...terms.map(variantOf), ...(claim.gates ?? []).map(({ variant }) => variant)]);
  about(
    'the evaluation ',
    evaluations,
    terms.flatMap(term => (typeof term === 'string' ? [] : [term.evaluation])),
  );
  if (isPublished(claim.id)) {
    throw new UsageError(`${path}: the claim ${claim.id} has the id of a paper’s claim; choose another.`);
  }
}
