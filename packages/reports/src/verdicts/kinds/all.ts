import { sentenceOf } from '@strata/experiments/catalog';
import type { Finding, FindingPart, KindRule, StatementOf } from '../finding.js';
import { examine, fewest } from './index.js';

/**
 * Every part holds: an intersection-union test (Berger 1982), so the largest p of the parts carries "agrees". It is refuted
 * where one part is: the smallest p of those that point the other way, times their number (Bonferroni), carries
 * "opposite".
 */
export const all: KindRule<StatementOf<'all'>> = {
  decides: 'by a test',
  fewest: ({ of }, level) => Math.max(...of.map(part => fewest(part, level))),
  examine({ of }, results) {
    const findings = of.map(part => examine(part, results));
    const carrier = carrierOf(findings);
    const parts = findings.map(({ difference, interval, p, n }, i): FindingPart => {
      return { sentence: sentenceOf(of[i] as (typeof of)[number]), difference, interval, p, n };
    });
    return {
      ...carrier,
      n: Math.min(...findings.map(({ n }) => n)),
      planned: Math.max(...findings.map(({ planned }) => planned)),
      method: `all of ${of.length}: ${[...new Set(findings.map(({ method }) => method))].join('; ')}`,
      runs: [...new Set(findings.flatMap(({ runs }) => runs))],
      notes: findings.flatMap(({ notes }) => notes),
      parts,
    };
  },
};

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
