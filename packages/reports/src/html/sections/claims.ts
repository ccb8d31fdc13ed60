import type { ExperimentResults } from '@strata/experiments/collect';
import { fixed, signed } from '../../format/index.js';
import { judgeClaims, type Verdict } from '../../verdicts/index.js';
import { type Content, html } from '../markup.js';

/** The paper's claims that this experiment decides: the word first, then the numbers that carry it. */
export function claims(results: ExperimentResults): Content {
  const verdicts = judgeClaims(results);
  if (verdicts.length === 0) return null;
  return html`<section id="claims"><h2>What the paper claims</h2>
<p class="note">A verdict is given at the planned number of paired seeds only, at 5 % over all claims of this table (Holm); before that the numbers show progress.</p>
<ol class="claims">${verdicts.map(claim)}</ol></section>`;
}

function claim(verdict: Verdict): Content {
  const { id, statement, evidence, proxy } = verdict;
  const numbers = [
    verdict.compared,
    ...differenceInWords(verdict),
    ...testInWords(verdict),
    ...verdict.gates
      .filter(gate => !gate.met && gate.value !== null)
      .map(gate => `gate: ${gate.sentence}, here ${fixed(gate.value ?? 0, 1)}`),
    ...verdict.notes,
    ...(proxy === null ? [] : [`proxy: ${proxy}`]),
  ];
  return html`<li id="claim-${id}"><p>${statement}</p><p class="evidence"><code>${id}</code> ${evidence}<br>${numbers.join('; ')}</p><p class="verdict">${verdict.verdict}${proxy !== null && ', proxy'}</p></li>`;
}

function differenceInWords({ difference, interval, confidence, unit, n }: Verdict): readonly string[] {
  if (difference === null) return [];
  const text = (value: number): string =>
    unit === 'ratio' ? fixed(value, 2) : signed(value, unit === 'nats' ? 3 : 2);
  const noun =
    unit === 'ratio'
      ? 'ratio of times'
      : unit === 'percent'
        ? 'difference in percent'
        : `difference in ${unit}`;
  const range = interval
    ? ` (${Math.round(100 * confidence)} % interval ${text(interval[0])} to ${text(interval[1])})`
    : '';
  return [`${noun} ${text(difference)}${range}${n > 0 ? `, n = ${n}` : ''}`];
}

function testInWords({ p, adjustedP, family, method, effectSize, improvement }: Verdict): readonly string[] {
  if (p === null) return method === 'none' ? [] : [method];
  return [
    `${method}: p = ${probability(p)}, ${probability(adjustedP ?? 1)} after Holm over ${family}`,
    ...(effectSize === null ? [] : [`effect size ${signed(effectSize, 2)}`]),
    ...(improvement === null ? [] : [`lower in ${Math.round(100 * improvement.probability)} % of pairs`]),
  ];
}

function probability(p: number): string {
  return p < 0.001 ? 'below 0.001' : fixed(p, 3);
}
