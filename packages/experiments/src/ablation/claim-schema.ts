import { z } from 'zod';
import { type Claim, curves, runMetrics } from '../catalog/index.js';

const name = z.string().min(1);
const term = z.union([name, z.strictObject({ variant: name, evaluation: name })]);
const fraction = z.number().min(0).max(1);
const curve = z.enum(Object.keys(curves) as [keyof typeof curves]);
const metric = z.union([
  z.enum(Object.keys(runMetrics) as [keyof typeof runMetrics]),
  z.strictObject({ curve, from: fraction, to: fraction, feature: z.enum(['mean', 'change', 'bump']) }),
]);
const margin = z.number().positive();
const byMetric = { metric: metric.exactOptional() };
const step = z.strictObject({ from: term, to: term });

/** The statements that seeds alone decide, each as the fields beside its `kind`. */
const bySeeds = {
  lower: { a: term, b: term, ...byMetric },
  order: { falling: z.array(term).min(2), ...byMetric },
  'no-difference': { a: term, b: term, margin, ...byMetric },
  'no-gain': { a: term, b: term, margin, ...byMetric },
  'gains-more': { more: step, less: step, ...byMetric },
  'same-networks': { a: term, b: term },
  sooner: { a: name, b: name, curve, target: z.number() },
  threshold: { term, is: z.enum(['below', 'above']), value: z.number(), ...byMetric },
  rate: { a: name, b: name, event: z.strictObject({ metric, above: z.number() }), paired: z.boolean() },
  'curve-shape': {
    variant: name,
    curve,
    from: fraction,
    to: fraction,
    shape: z.enum(['rises', 'falls', 'no-rise']),
    margin: margin.exactOptional(),
  },
} as const;

const seedStatement = z.discriminatedUnion(
  'kind',
  withKinds(
    Object.entries(bySeeds).map(([kind, fields]) => z.strictObject({ kind: z.literal(kind), ...fields })),
  ),
);

const head = {
  id: name,
  words: z.string().exactOptional(),
  gates: z.array(z.strictObject({ variant: name, metric, below: z.number() })).exactOptional(),
  proxy: z.string().exactOptional(),
};

const others = [
  z.strictObject({ kind: z.literal('all'), ...head, of: z.array(seedStatement).min(1) }),
  z.strictObject({ kind: z.literal('speed'), ...head, a: name, b: name }),
];

/** A claim as a user may write it: of every kind but those about a paper's own networks. */
export const claimSchema = z.discriminatedUnion(
  'kind',
  withKinds([
    ...Object.entries(bySeeds).map(([kind, fields]) =>
      z.strictObject({ kind: z.literal(kind), ...head, ...fields }),
    ),
    ...others,
  ]),
) as unknown as z.ZodType<Claim>;

type KindSchema = z.ZodObject<{ kind: z.ZodLiteral<string> }>;

/** The list that a union by `kind` is made of, which its type wants to be known not to be empty. */
function withKinds(schemas: readonly z.ZodObject[]): [KindSchema, ...KindSchema[]] {
  return schemas as unknown as [KindSchema, ...KindSchema[]];
}
