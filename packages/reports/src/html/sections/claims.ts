import type { ExperimentResults } from '@strata/experiments/collect';
import { fixed, signed } from '../../format/index.js';
import { type FindingPart, judgeClaims, type Verdict, words } from '../../verdicts/index.js';
import { differenceStrip, noDifference } from '../difference-strip.js';
import { type Content, html } from '../markup.js';
import { dataTable, missing, orMissing, type TableColumn } from '../table.js';
import { verdictWord } from '../verdict-word.js';

/** The paper's claims that this experiment decides: the word first, then the numbers that carry it. */
export function claims(results: ExperimentResults): Content {
  const verdicts = judgeClaims(results);
  if (verdicts.length === 0) return null;
  return html`<section id="claims"><h2>What the paper claims, and what these runs say</h2>
${tally(verdicts)}
<ol class="claims">${verdicts.map(verdict => claim(verdict, reachOf(verdicts, verdict)))}</ol>
<p class="note">A word is given at the planned number of paired seeds only, at 5 % over all claims of this table (Holm); before that the numbers show progress, not a finding. The dotted line marks no difference; lines of the same unit share one scale.</p></section>`;
}

function tally(verdicts: readonly Verdict[]): Content {
  const counts = words.map(word => ({
    word,
    count: verdicts.filter(verdict => verdict.word === word).length,
  }));
  return html`<ul class="tally" aria-label="Claims by word">${counts
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => html`<li><b>${count}</b> ${verdictWord(word, word)}</li>`)}</ul>`;
}

/** How far differences of this claim's unit reach from none, over all claims: they are drawn on one scale. */
function reachOf(verdicts: readonly Verdict[], { unit }: Verdict): number {
  const none = noDifference(unit);
  const ends = verdicts
    .filter(verdict => verdict.unit === unit)
    .flatMap(({ difference, interval }) => [difference ?? none, ...(interval ?? [])])
    .filter(Number.isFinite);
  return Math.max(...ends.map(end => Math.abs(end - none)), Number.EPSILON);
}

function claim(verdict: Verdict, reach: number): Content {
  const { id, statement, evidence, proxy, word, compared } = verdict;
  const difference = differenceInWords(verdict);
  return html`<li id="claim-${id}"><p class="statement">${statement}</p>
<p class="verdict">${verdictWord(word, verdict.verdict)}${proxy !== null && html`<span class="proxy">proxy</span>`}</p>
<p class="evidence"><code>${id}</code> ${evidence}</p>
<div class="numbers">${difference !== null && differenceStrip(verdict, reach, difference)}<p>${compared}${difference !== null && html`: <b>${difference}</b>${counts(verdict)}`}</p>${gates(verdict)}${verdict.command !== null && html`<p class="gate">Not timed yet: <code>${verdict.command}</code></p>`}
${behind(verdict)}</div></li>`;
}

/** What a share or a percentage is of: it says more than they do. */
function counts({ kind, notes }: Verdict): Content {
  return (kind === 'count' || kind === 'rate') && notes[0] !== undefined && ` (${notes[0]})`;
}

function gates({ gates: all }: Verdict): Content {
  const open = all.filter(gate => !gate.met && gate.value !== null);
  if (open.length === 0) return null;
  const parts = open.map(gate => `${gate.sentence} (here ${fixed(gate.value ?? 0, 1)})`);
  return html`<p class="gate">${open.length === 1 ? 'Gate' : 'Gates'} not met: ${parts.join('; ')}.</p>`;
}

/** Everything that a careful reader asks for, folded away. */
function behind(verdict: Verdict): Content {
  const { method, gates: all, notes, parts, runs, bootstrapInterval, unit, proxy } = verdict;
  const bootstrap =
    bootstrapInterval &&
    `Bootstrap (BCa) interval of the same, 95 %: ${amount(bootstrapInterval[0], unit)} to ${amount(bootstrapInterval[1], unit)}.`;
  const lines = [
    method !== 'none' && testInWords(verdict),
    ...all.map(
      gate =>
        `Gate: ${gate.sentence}; ${gate.value === null ? 'no value yet' : `here ${fixed(gate.value, 1)}, ${gate.met ? 'met' : 'not met'}`}.`,
    ),
    bootstrap,
    proxy !== null && `Proxy: ${proxy}.`,
    ...notes,
    runs.length > 0 && `Runs: ${runs.map(run => run.slice(0, 8)).join(', ')}.`,
  ].filter(line => typeof line === 'string');
  if (lines.length === 0 && parts.length === 0) return null;
  return html`<details><summary>How it is decided</summary>${lines.map(line => html`<p>${line}</p>`)}${
    parts.length > 0 &&
    dataTable({ caption: 'Parts of the claim', hideCaption: true, columns: partColumns, rows: parts })
  }</details>`;
}

const NONE = 'no value yet';

const partColumns: readonly TableColumn<FindingPart>[] = [
  { header: 'Part', cell: part => part.sentence },
  {
    header: 'difference',
    kind: 'number',
    cell: part => orMissing(part.difference, value => inUnit(value, part.unit), NONE),
  },
  {
    header: 'interval',
    kind: 'number',
    cell: ({ interval, unit }) =>
      interval ? `${amount(interval[0], unit)} to ${amount(interval[1], unit)}` : missing(NONE),
  },
  { header: 'p, not adjusted', kind: 'number', cell: part => orMissing(part.p, probability, NONE) },
  { header: 'n', kind: 'number', cell: part => part.n },
];

const unitNames: { readonly [U in Verdict['unit']]: string } = {
  points: 'points',
  nats: 'nats',
  units: 'units',
  decades: 'decades',
  ratio: 'times as long',
  percent: 'percent',
};

function amount(value: number, unit: Verdict['unit']): string {
  return unit === 'ratio' ? fixed(value, 2) : signed(value, unit === 'nats' || unit === 'units' ? 3 : 2);
}

function inUnit(value: number, unit: Verdict['unit']): string {
  return `${amount(value, unit)} ${unitNames[unit]}`;
}

function differenceInWords({ difference, interval, confidence, unit, n }: Verdict): string | null {
  if (difference === null) return null;
  const range = interval
    ? `, ${Math.round(100 * confidence)} % interval ${amount(interval[0], unit)} to ${amount(interval[1], unit)}`
    : '';
  return `${inUnit(difference, unit)}${range}${n > 0 ? `, n\u00a0=\u00a0${n}` : ''}`;
}

function testInWords({ p, adjustedP, family, method, effectSize, improvement }: Verdict): string {
  const size = effectSize === null ? '' : ` Effect size ${signed(effectSize, 2)}.`;
  const lower =
    improvement === null ? '' : ` Lower in ${Math.round(100 * improvement.probability)} % of pairs.`;
  const test =
    p === null
      ? `${method}.`
      : `${method}: p = ${probability(p)}, ${probability(adjustedP ?? 1)} after Holm over ${family}.`;
  return `${test.charAt(0).toUpperCase()}${test.slice(1)}${size}${lower}`;
}

function probability(p: number): string {
  return p < 0.001 ? 'below 0.001' : fixed(p, 3);
}
