import {
  type Claim,
  type Experiment,
  type Metric,
  metricUnit,
  type SeedStatement,
} from '@strata/experiments/catalog';
import type { ExperimentResults } from '@strata/experiments/collect';
import { ensemblesAt } from '@strata/experiments/plan';
import type { DecidedKind, DecidedStatement, StatementOf } from '../../src/verdicts/finding.js';
import type { Word } from '../../src/verdicts/index.js';
import { type World, worldOf } from './world.js';

/** What the runs of a claim can be made to say. */
export type Wish = Exclude<Word, 'needs paper scale' | 'recorded only'>;
export const wishes: readonly Wish[] = [
  'agrees',
  'opposite',
  'too close to call',
  'not enough runs',
  'gate not met',
];

/** Far enough to be seen by any test. */
const STEP = 8;

type Outcome = 'agrees' | 'opposite' | 'too close to call';

/** Bends a world so that a statement comes out as wished; called again until nothing moves, for statements that share terms. */
type Wisher<S> = (world: World, statement: S, outcome: Outcome) => void;

/** a below b by a step: lowers a where it is not. */
function below(
  world: World,
  a: Parameters<World['level']>[0],
  b: typeof a,
  metric: Metric | undefined,
): void {
  const bound = world.level(b, metric) - stepOf(metric);
  if (world.level(a, metric) > bound) world.setLevel(a, metric, bound);
}

function stepOf(metric: Metric = 'top1Error'): number {
  return typeof metric !== 'string' || metricUnit(metric) === 'points' ? STEP : 0.1;
}

/** The same level, but every second seed says the other thing, whatever way b swings itself. */
function even(world: World, a: Parameters<World['level']>[0], b: typeof a, metric: Metric | undefined): void {
  world.setLevel(a, metric, world.level(b, metric));
  world.setSwing(a, metric, -1.5 * stepOf(metric));
}

export const wishers: { readonly [K in DecidedKind]: Wisher<StatementOf<K>> } = {
  lower(world, { a, b, metric }, outcome) {
    if (outcome === 'agrees') below(world, a, b, metric);
    else if (outcome === 'opposite') below(world, b, a, metric);
    else even(world, a, b, metric);
  },
  order(world, { falling, metric }, outcome) {
    const order = outcome === 'opposite' ? falling.toReversed() : falling;
    order.slice(1).forEach((term, i) => {
      const former = order[i] as typeof term;
      if (outcome !== 'too close to call') below(world, term, former, metric);
      else world.setLevel(term, metric, world.level(former, metric));
      if (outcome === 'too close to call') world.setSwing(term, metric, (i + 1) * stepOf(metric));
    });
  },
  'no-difference': (world, { a, b, margin, metric }, outcome) => {
    world.setLevel(
      a,
      metric,
      world.level(b, metric) + { agrees: 0, opposite: 3, 'too close to call': 1 }[outcome] * margin,
    );
    if (outcome === 'too close to call') world.setSwing(a, metric, margin);
  },
  'no-gain': (world, { a, b, margin, metric }, outcome) => {
    world.setLevel(
      a,
      metric,
      world.level(b, metric) - { agrees: 0, opposite: 3, 'too close to call': 1 }[outcome] * margin,
    );
    if (outcome === 'too close to call') world.setSwing(a, metric, margin);
  },
  'gains-more': (world, { more, less, metric }, outcome) => {
    const sign = { agrees: 1, opposite: -1, 'too close to call': 0 }[outcome];
    const gain = stepOf(metric);
    // In this order: what the one step leads to may be where the other begins.
    world.setLevel(more.to, metric, world.level(more.from, metric) - gain - sign * stepOf(metric));
    world.setLevel(less.to, metric, world.level(less.from, metric) - gain);
    if (sign === 0) world.setSwing(more.to, metric, stepOf(metric));
  },
  'same-networks': (world, { a, b }, outcome) => wishers.lower(world, { kind: 'lower', a, b }, outcome),
  sooner(world, { a, b, curve }, outcome) {
    const arrival = (variant: string) => ({ variant, evaluation: `arrival ${curve}` });
    const [first, second] = { agrees: [20, 60], opposite: [60, 20], 'too close to call': [50, 50] }[
      outcome
    ] as [number, number];
    world.setLevel(arrival(a), undefined, first);
    world.setLevel(arrival(b), undefined, second);
    if (outcome === 'too close to call') world.setSwing(arrival(a), undefined, 20);
  },
  threshold(world, { term, is, value, metric }, outcome) {
    const sign = { agrees: 1, opposite: -1, 'too close to call': 0 }[outcome] * (is === 'above' ? 1 : -1);
    const step = Math.min(stepOf(metric), value / 2);
    world.setLevel(term, metric, value + sign * step);
    if (sign === 0) world.setSwing(term, metric, step);
  },
  rate(world, { a, b, event: { metric, above } }, outcome) {
    const reach = metric === 'gap' || metric === 'top1Error' ? 15 : STEP;
    const [first, second] = { agrees: [-1, 1], opposite: [1, -1], 'too close to call': [1, 1] }[outcome] as [
      number,
      number,
    ];
    world.setLevel(a, metric, above + first * reach);
    world.setLevel(b, metric, above + second * reach);
  },
  'curve-shape': (world, { variant, curve, from, to, shape, margin = 0 }, outcome) => {
    const metric = { curve, from, to, feature: 'change' } as const;
    const step = shape === 'no-rise' ? 3 * margin : STEP;
    const claimed = shape === 'rises' ? 1 : -1;
    const sign = { agrees: claimed, opposite: -claimed, 'too close to call': 0 }[outcome];
    world.setLevel(variant, metric, sign === 0 && shape === 'no-rise' ? margin : sign * step);
    if (sign === 0) world.setSwing(variant, metric, step);
  },
  count(world, { a, b, is, within = 0 }, outcome) {
    const other = typeof b === 'number' ? b : (world.paperCounts.get(b) ?? 100);
    const isSo = (world.paperCounts.get(a) ?? 100) < other;
    if (is === 'fewer' && isSo === (outcome !== 'opposite')) return;
    const share =
      is === 'fewer' ? { agrees: 0.5, opposite: 2 } : { agrees: 1, opposite: 1 + 3 * within + 0.01 };
    world.paperCounts.set(a, other * share[outcome === 'opposite' ? 'opposite' : 'agrees']);
  },
  speed(world, { a, b }, outcome) {
    const mean = { agrees: 0.5, opposite: 2, 'too close to call': 1 }[outcome];
    world.seconds.set(a, { mean, swing: outcome === 'too close to call' ? 0.3 : 0 });
    world.seconds.set(b, { mean: 1, swing: 0 });
  },
  all(world, { of }, outcome) {
    for (const part of of) bend(world, part, outcome);
  },
};

export function bend(world: World, statement: DecidedStatement, outcome: Outcome): void {
  (wishers[statement.kind] as Wisher<DecidedStatement>)(world, statement, outcome);
}

/** Results in which one claim of an experiment comes out as wished, at the profile that decides it. */
export function granted(experiment: Experiment, claim: Claim, wish: Wish): ExperimentResults {
  const world = worldOf(experiment);
  const statement = decidedOf(claim);
  if (!statement) throw new RangeError(`${claim.id} is decided by nothing of ours.`);
  const outcome = wish === 'opposite' || wish === 'too close to call' ? wish : 'agrees';
  for (let round = 0; round < 8; round++) bend(world, statement, outcome);
  for (const { variant, metric, below: bound } of claim.gates ?? []) {
    const isOpen = world.level(variant, metric) < bound;
    if (wish === 'gate not met') world.setLevel(variant, metric, bound + 3);
    else if (!isOpen) world.setLevel(variant, metric, bound - 3);
  }
  const profileName = claim.kind === 'needs-paper-scale' ? 'paper' : 'reduced';
  // At the paper's size there are as many seeds as somebody can afford.
  const members = Math.max(
    1,
    ...ensemblesAt(experiment, experiment.profiles[profileName]).map(({ seeds }) => seeds),
  );
  const seeds = profileName === 'paper' ? 16 * members : 10;
  return world.results({ profileName, seeds, isIncomplete: wish === 'not enough runs' });
}

function decidedOf(claim: Claim): DecidedStatement | undefined {
  if (claim.kind === 'recorded') return undefined;
  return claim.kind === 'needs-paper-scale' ? claim.statement : claim;
}

/** Statements that are parts of others. */
export type { SeedStatement };
