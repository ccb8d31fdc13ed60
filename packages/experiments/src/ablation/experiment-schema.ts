import { z } from 'zod';
import { profileNames } from '../catalog/index.js';
import { protocolSchema } from '../plan/index.js';
import { claimSchema } from './claim-schema.js';

const name = z.string().min(1);
const whole = z.int().positive();
/** What the models, the data and the recipe's own checks look at when runs are planned. */
const checkedLater = z.record(z.string(), z.unknown());

const subset = z.strictObject({
  train: whole.exactOptional(),
  test: whole.exactOptional(),
  validation: whole.exactOptional(),
});

const recipe = z.strictObject({
  epochs: whole,
  batchSize: whole,
  optimizer: z.strictObject({
    kind: z.literal('sgd'),
    form: z.enum(['scaled-velocity', 'scaled-update']),
    momentum: z.number(),
    nesterov: z.boolean(),
    weightDecay: z.number(),
    decayOn: z.union([z.string(), z.array(z.string())]),
  }),
  schedule: checkedLater,
  initialisation: checkedLater,
  freeze: checkedLater.exactOptional(),
  normalisation: checkedLater,
  augmentation: z.array(checkedLater),
});

const changes = {
  model: name.exactOptional(),
  options: checkedLater.exactOptional(),
  recipe: checkedLater.exactOptional(),
  dataset: name.exactOptional(),
  subset: subset.exactOptional(),
};

const evaluation = z.strictObject({
  name,
  protocol: protocolSchema,
  split: z.enum(['test', 'train']),
  of: z.array(name).exactOptional(),
});

const ensemble = z.strictObject({ name, variants: z.array(name).min(1), seeds: whole });

const profile = z.strictObject({
  purpose: z.string().default(''),
  dataset: name,
  subset: subset.default({}),
  options: z.looseObject({ input: z.tuple([whole, whole, whole]) }),
  recipe,
  seeds: whole,
  startFromTrained: z.boolean().default(true),
  variants: z.record(name, z.strictObject(changes)).exactOptional(),
  without: z.array(name).exactOptional(),
  start: checkedLater.exactOptional(),
  ensembles: z.array(ensemble).exactOptional(),
  evaluations: z.array(evaluation).exactOptional(),
});

/**
 * An experiment as a user may write it outside the project: of no paper, of at least one profile. What a schema cannot
 * see (models, rates, data) is refused by the planning.
 */
export const experimentSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/, { error: 'expected small letters, digits and hyphens, as my-ablation' }),
  title: name,
  shows: z.string().default(''),
  claims: z.array(claimSchema).default([]),
  variants: z
    .array(
      z.strictObject({
        name,
        ...changes,
        model: name,
        startsFrom: z.strictObject({ variant: name, layers: z.array(name).exactOptional() }).exactOptional(),
      }),
    )
    .min(1),
  ensembles: z.array(ensemble).exactOptional(),
  evaluations: z.array(evaluation).exactOptional(),
  measuresResponses: z.boolean().exactOptional(),
  profiles: z
    .partialRecord(z.enum(profileNames), profile)
    .refine(profiles => Object.keys(profiles).length > 0, {
      error: 'expected at least one profile, as quick',
    }),
});
