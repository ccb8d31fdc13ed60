import type { Claim, Experiment, Statement } from '@strata/experiments/catalog';
import { experiments } from '@strata/experiments/catalog';
import { describe, expect, it } from 'vitest';
import type { DecidedKind } from '../../src/verdicts/finding.js';
import { decideClaims, judgeClaims } from '../../src/verdicts/index.js';
import { kinds } from '../../src/verdicts/kinds/index.js';
import { experiment as small } from '../synthetic.js';
import { granted, type Wish, wishes } from './wishes.js';

/** At least one statement of each kind; a kind that is added does not compile without. */
const examples: { readonly [K in DecidedKind]: readonly Extract<Statement, { readonly kind: K }>[] } = {
  lower: [
    { kind: 'lower', a: 'B', b: 'A' },
    { kind: 'lower', a: 'B', b: 'A', metric: 'gap' },
    { kind: 'lower', a: 'B', b: 'A', metric: 'testLoss' },
    { kind: 'lower', a: 'B', b: 'A', metric: { curve: 'trainLoss', from: 0, to: 0.3, feature: 'mean' } },
    { kind: 'lower', a: 'B', b: 'A', metric: { curve: 'testError', from: 0.3, to: 0.8, feature: 'bump' } },
    {
      kind: 'lower',
      a: { variant: 'A', evaluation: 'ten-crop' },
      b: { variant: 'B', evaluation: 'ten-crop' },
    },
  ],
  order: [{ kind: 'order', falling: ['A', 'B', 'C', 'D'] }],
  'no-difference': [{ kind: 'no-difference', a: 'E', b: 'D', margin: 1 }],
  'no-gain': [{ kind: 'no-gain', a: 'A-LRN', b: 'A', margin: 1, metric: 'top5Error' }],
  'gains-more': [{ kind: 'gains-more', more: { from: 'A', to: 'B' }, less: { from: 'C', to: 'D' } }],
  'same-networks': [
    { kind: 'same-networks', a: { variant: 'A', evaluation: 'ten-crop' }, b: 'A' },
    {
      kind: 'same-networks',
      a: { variant: 'A', evaluation: 'ten-crop' },
      b: { variant: 'A', evaluation: 'test' },
    },
    { kind: 'same-networks', a: { variant: 'three As', evaluation: 'test' }, b: 'A' },
    { kind: 'same-networks', a: { variant: 'D+E', evaluation: 'test' }, b: 'E' },
  ],
  sooner: [{ kind: 'sooner', a: 'B', b: 'A', curve: 'trainError', target: 25 }],
  threshold: [
    { kind: 'threshold', term: 'A', is: 'above', value: 60 },
    { kind: 'threshold', term: 'A', is: 'below', value: 60, metric: 'trainError' },
  ],
  rate: [
    { kind: 'rate', a: 'B', b: 'A', event: { metric: 'trainError', above: 80 }, paired: true },
    { kind: 'rate', a: 'B', b: 'A', event: { metric: 'top1Error', above: 80 }, paired: false },
  ],
  'curve-shape': [
    { kind: 'curve-shape', variant: 'A', curve: 'testError', from: 0.3, to: 0.6, shape: 'rises' },
    { kind: 'curve-shape', variant: 'A', curve: 'testError', from: 0.3, to: 0.6, shape: 'falls' },
    { kind: 'curve-shape', variant: 'A', curve: 'testError', from: 0.3, to: 1, shape: 'no-rise', margin: 1 },
  ],
  count: [
    { kind: 'count', quantity: 'parameters', a: 'A', b: 'E', is: 'fewer' },
    { kind: 'count', quantity: 'multiplyAdds', a: 'A', b: 7.6e9, is: 'about', within: 0.01 },
    { kind: 'count', quantity: 'trainingBytes', a: 'A', b: 'A-LRN', is: 'fewer' },
  ],
  speed: [{ kind: 'speed', a: 'A', b: 'A-LRN' }],
  all: [
    {
      kind: 'all',
      of: [
        { kind: 'lower', a: 'B', b: 'A' },
        { kind: 'lower', a: 'C', b: 'B' },
        { kind: 'no-difference', a: 'E', b: 'D', margin: 1 },
      ],
    },
    {
      kind: 'all',
      of: [
        { kind: 'count', quantity: 'trainingBytes', a: 'A', b: 'A-LRN', is: 'fewer' },
        { kind: 'speed', a: 'A', b: 'A-LRN' },
      ],
    },
    {
      kind: 'all',
      of: [
        { kind: 'speed', a: 'A', b: 'A-LRN' },
        { kind: 'lower', a: 'A', b: 'A-LRN' },
      ],
    },
  ],
};

const base: Experiment = {
  ...small,
  evaluations: [
    { name: 'test', protocol: { views: [] } as never, split: 'test' },
    { name: 'ten-crop', protocol: { views: [] } as never, split: 'test' },
    { name: 'train', protocol: { views: [] } as never, split: 'train' },
  ],
  ensembles: [
    { name: 'three As', variants: ['A'], seeds: 3, paperRow: {} },
    { name: 'D+E', variants: ['D', 'E'], seeds: 1, paperRow: {} },
  ],
};

/** What a kind can be made to say: what is counted in graphs is true or false. */
function possible(kind: DecidedKind): readonly Wish[] {
  return kinds[kind].decides === 'exactly' ? ['agrees', 'opposite'] : wishes;
}

/** Counts and times come from no run. */
function asksRuns(statement: Statement): boolean {
  if (statement.kind === 'all') return statement.of.some(asksRuns);
  return statement.kind !== 'count' && statement.kind !== 'speed';
}

const cases = Object.values(examples).flatMap(statements =>
  statements.flatMap((statement: Extract<Statement, { readonly kind: DecidedKind }>) =>
    possible(statement.kind).map(wish => [JSON.stringify(statement), wish, statement] as const),
  ),
);

describe('every kind of claim', () => {
  it.each(cases)('%s: %s', (_, wish, statement) => {
    const claim: Claim = {
      id: 'vgg-depth-A-B',
      gates: [{ variant: 'C', metric: 'trainError', below: 30 }],
      ...statement,
    };
    const experiment = { ...base, claims: [claim] };
    const results = granted(experiment, claim, wish);
    const [verdict] = judgeClaims(results);
    expect(verdict?.word).toBe(wish);
    expect(verdict?.verdict.startsWith(wish)).toBe(true);
    expect(verdict?.difference).toEqual(expect.any(Number));
    const isDecided =
      kinds[statement.kind].decides === 'by a test' && !['not enough runs', 'gate not met'].includes(wish);
    expect(verdict?.p !== null).toBe(isDecided);
    if (isDecided) {
      expect(verdict?.adjustedP).toBeGreaterThanOrEqual(verdict?.p ?? 1);
      expect((verdict?.adjustedP ?? 1) <= 0.05).toBe(wish !== 'too close to call');
    }
    if (asksRuns(statement)) {
      expect(verdict?.runs.length).toBeGreaterThan(0);
      const ids = results.variants.flatMap(variant => variant.runs.map(run => run.id));
      expect(verdict?.runs.every(id => ids.includes(id))).toBe(true);
    }
  });
});

function isDecided(claim: Claim): boolean {
  return claim.kind !== 'recorded' && (claim.kind !== 'needs-paper-scale' || claim.statement !== undefined);
}

/** True or false of the paper's networks, whatever runs there are. */
function isCounted(statement: Statement): boolean {
  return statement.kind === 'all' ? statement.of.every(isCounted) : statement.kind === 'count';
}

// Listing a claim is not deciding it: each one must be able to come out either way.
describe.each(
  experiments
    .filter(({ claims }) => claims.some(isDecided))
    .map(experiment => [experiment.name, experiment] as const),
)('claims of %s', (_, experiment) => {
  const decided = experiment.claims.filter(isDecided);
  const wished = decided.flatMap(claim => {
    const isExact = isCounted(claim);
    const own = wishes.filter(wish => !isExact || wish === 'agrees' || wish === 'opposite');
    return own
      .filter(wish => wish !== 'gate not met' || claim.gates)
      .map(wish => [claim.id, wish, claim] as const);
  });

  it.each(wished)('%s: %s', (id, wish, claim) => {
    const decisions = decideClaims(granted(experiment, claim, wish));
    expect(decisions.find(decision => decision.claim.id === id)?.word).toBe(wish);
  });
});
