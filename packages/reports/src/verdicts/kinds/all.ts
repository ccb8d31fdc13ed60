import { sentenceOf } from '@strata/experiments/catalog';
import type { DecidedStatement, Finding, FindingPart, KindRule, StatementOf } from '../finding.js';
import { examine, fewest, isTested } from './index.js';

/**
 * Every part holds: an intersection-union test (Berger 1982), so the largest p of the parts carries "agrees". It is refuted
 * where one part is: the smallest p of those that point the other way, times their number (Bonferroni), carries
 * "opposite". What is counted has a p of nothing.
 */
export const all: KindRule<StatementOf<'all'>> = {
  decides: 'by a test',
  fewest: ({ of }, level) => Math.max(...of.map(part => fewest(part, level))),
  examine({ of }, results) {
    const findings = of.map(part => exactOrTested(part, examine(part, results)));
    const carrier = carrierOf(findings);
    const tested = findings.filter((_, i) => isTested(of[i] as DecidedStatement));
    const { n, planned } = tested.toSorted(byLack)[0] ?? carrier;
    const command = findings.find(finding => finding.command !== undefined)?.command;
    const parts = findings.map(({ difference, interval, unit, p, n: own }, i): FindingPart => {
      return { sentence: sentenceOf(of[i] as (typeof of)[number]), difference, interval, unit, p, n: own };
    });
    return {
      ...carrier,
      n,
      planned,
      method: `all of ${of.length}: ${[...new Set(findings.map(({ method }) => method))].join('; ')}`,
      runs: [...new Set(findings.flatMap(({ runs }) => runs))],
      notes: [...new Set(findings.flatMap(({ notes }) => notes))],
      parts,
      ...(command !== undefined && { command }),
    };
  },
};

/** The part that lacks most first, of two alike the one with fewer pairs: its numbers say how far the whole is. */
function byLack(a: Finding, b: Finding): number {
  return a.n - a.planned - (b.n - b.planned) || a.n - b.n;
}

function exactOrTested(part: DecidedStatement, finding: Finding): Finding {
  return isTested(part) ? finding : { ...finding, p: 0 };
}

/** The part whose numbers stand for the whole, with the p of the whole. */
function carrierOf(findings: readonly Finding[]): Finding {
  const byP = [...findings].sort((x, y) => (x.p ?? 1) - (y.p ?? 1));
  const contrary = byP.find(({ side }) => side === 'opposite');
  const weakest = byP.at(-1) as Finding;
  if (contrary)
    return { ...contrary, p: contrary.p === null ? null : Math.min(1, contrary.p * findings.length) };
  const isOpen = findings.some(({ p, side }) => p === null || side === null);
  return { ...weakest, p: isOpen ? null : weakest.p, side: isOpen ? null : 'agrees' };
}
