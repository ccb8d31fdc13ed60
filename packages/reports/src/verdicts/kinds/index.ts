import type { ClaimResults } from '../claim-results.js';
import type { DecidedKind, DecidedStatement, Finding, KindRule, StatementOf } from '../finding.js';
import { all } from './all.js';
import { count } from './count.js';
import { curveShape } from './curve-shape.js';
import { gainsMore } from './gains-more.js';
import { noDifference, noGain } from './inclusion.js';
import { lower } from './lower.js';
import { order } from './order.js';
import { rate } from './rate.js';
import { sameNetworks } from './same-networks.js';
import { sooner } from './sooner.js';
import { speed } from './speed.js';
import { threshold } from './threshold.js';

/** How each kind of claim is decided. */
export const kinds: { readonly [K in DecidedKind]: KindRule<StatementOf<K>> } = {
  lower,
  order,
  'no-difference': noDifference,
  'no-gain': noGain,
  'gains-more': gainsMore,
  'same-networks': sameNetworks,
  sooner,
  threshold,
  rate,
  'curve-shape': curveShape,
  count,
  speed,
  all,
};

/** A rule takes the statements of its own kind: the table's type says so, one look-up at a time. */
function ruleOf(statement: DecidedStatement): KindRule<DecidedStatement> {
  return kinds[statement.kind] as KindRule<DecidedStatement>;
}

export function examine(statement: DecidedStatement, results: ClaimResults): Finding {
  return ruleOf(statement).examine(statement, results);
}

export function fewest(statement: DecidedStatement, level: number): number {
  return ruleOf(statement).fewest(statement, level);
}

/** Whether runs or timings decide it; else it is true or false of the paper's networks. */
export function isTested(statement: DecidedStatement): boolean {
  return statement.kind === 'all' ? statement.of.some(isTested) : ruleOf(statement).decides === 'by a test';
}
