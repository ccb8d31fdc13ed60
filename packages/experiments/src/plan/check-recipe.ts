import { UsageError, unknownName } from '@strata/core/errors';
import type { Freeze, Initialisation, Recipe, Schedule } from '@strata/core/training';
import { z } from 'zod';

const positive = z.number().positive();
const atLeastZero = z.number().nonnegative();
const whole = z.int().positive();
const names = z.array(z.string()).min(1).readonly();

/** Their ranges are the plan's to check, as those of the other rates. */
const commonSchedule = {
  initial: z.number(),
  factor: z.number(),
  warmUpSteps: z.number(),
  warmUp: z
    .strictObject({ rate: atLeastZero, steps: whole.exactOptional(), trainError: positive.exactOptional() })
    .refine(({ steps, trainError }) => steps !== undefined || trainError !== undefined, {
      error: 'give steps, trainError or both, at which it ends',
    })
    .exactOptional(),
};

const schedule: z.ZodType<Schedule> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('steps'),
    ...commonSchedule,
    dropAt: z.array(z.number().min(0).max(1)).readonly(),
  }),
  z.strictObject({ kind: z.literal('plateau'), ...commonSchedule, patience: whole, drops: whole }),
]);

const biases = { bias: z.number(), biasOne: names.exactOptional() };

const initialisation: z.ZodType<Initialisation> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('gaussian'), deviation: positive, width: positive, ...biases }),
  z.strictObject({ kind: z.literal('glorot'), ...biases }),
  z.strictObject({ kind: z.literal('msra'), ...biases }),
]);

const freeze: z.ZodType<Freeze> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('first'), layers: whole }),
  z.strictObject({ kind: z.literal('named'), layers: names }),
]);

const decayOn = z.union([
  z.enum(['all', 'weights']),
  z.array(z.enum(['weight', 'bias', 'scale'])).readonly(),
]);

/** Every field that there is, so that none can be forgotten. */
const recipeFields: Readonly<Record<keyof Recipe, true>> = {
  epochs: true,
  batchSize: true,
  optimizer: true,
  schedule: true,
  initialisation: true,
  freeze: true,
  normalisation: true,
  augmentation: true,
};

const optimizerFields: Readonly<Record<keyof Recipe['optimizer'], true>> = {
  kind: true,
  form: true,
  momentum: true,
  nesterov: true,
  weightDecay: true,
  decayOn: true,
};

/**
 * A recipe as users put it together, by `--set` or as a variant's changes, has the shape that trainings go by: a name
 * misspelt would change nothing, and nobody would know.
 * @throws UsageError naming the setting, and what was expected of it.
 */
export function checkRecipe(recipe: Recipe): void {
  checkFields('recipe', recipe, Object.keys(recipeFields));
  checkFields('recipe.optimizer', recipe.optimizer, Object.keys(optimizerFields));
  check('recipe.schedule', schedule, recipe.schedule);
  check('recipe.initialisation', initialisation, recipe.initialisation);
  check('recipe.optimizer.decayOn', decayOn, recipe.optimizer.decayOn);
  if (recipe.freeze !== undefined) check('recipe.freeze', freeze, recipe.freeze);
}

function checkFields(setting: string, value: object, known: readonly string[]): void {
  const unknown = Object.keys(value).find(key => !known.includes(key));
  if (unknown !== undefined) throw unknownName(`field of ${setting}`, unknown, known);
}

function check(setting: string, schema: z.ZodType, value: unknown): void {
  const { error } = schema.safeParse(value);
  const [issue] = error?.issues ?? [];
  if (!issue) return;
  const place = [setting, ...issue.path].join('.');
  throw new UsageError(`${place} of ${setting} = ${JSON.stringify(value)}: ${issue.message}.`);
}
