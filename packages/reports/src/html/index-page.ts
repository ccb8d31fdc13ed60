import { type Experiment, experiments } from '@strata/experiments/catalog';
import { type PaperId, paperIds, paperOf } from '@strata/experiments/papers';
import { counted } from '../format/index.js';
import type { ReportBrief } from '../summary/index.js';
import { words as verdictWords } from '../verdicts/index.js';
import { documentOf } from './document.js';
import { type Content, html, type Markup } from './markup.js';
import { type ClaimLine, claimLines } from './sections/index-claims.js';
import { verdictWord } from './verdict-word.js';

/** A page that was written, and where it is from the index. */
export interface IndexedReport {
  readonly address: string;
  readonly brief: ReportBrief;
}

/** Every experiment and every claim of every paper, with the word of each page that has one. */
export function renderIndexPage(reports: readonly IndexedReport[]): string {
  const papers = paperIds.map(paper => ({ paper, lines: claimLines(paper, reports) }));
  const lines = papers.flatMap(paper => paper.lines);
  const found = [...new Set(lines.map(line => line.word))];
  const words = found.toSorted((a, b) => placeOf(a) - placeOf(b));
  return documentOf({
    title: 'Experiments and claims',
    identity: 'index',
    body: html`<header>
<p class="eyebrow">Strata</p>
<h1>What the classic papers claim, and what runs here say</h1>
<p class="lead">${counted(lines.length, 'claim')} of ${counted(papers.length, 'source')}, ${counted(experiments.length, 'experiment')}, ${counted(reports.length, 'page')} of results.</p>
</header>
${tally(lines, words)}
${filterForm(words)}
${papers.map(({ paper, lines: own }) => paperSection(paper, own, reports))}
${ownSection(reports)}`,
  });
}

/** What runs decide first, what nobody has run last. */
function placeOf(word: string): number {
  const place = (verdictWords as readonly string[]).indexOf(word);
  return place < 0 ? verdictWords.length + (word === 'no experiment yet' ? 1 : 0) : place;
}

/** How many claims have which word. */
function tally(lines: readonly ClaimLine[], words: readonly string[]): Markup {
  const counts = words.map(word => ({ word, count: lines.filter(line => line.word === word).length }));
  return html`<ul class="tally" aria-label="Claims by word">${counts.map(
    ({ word, count }) => html`<li><b>${count}</b> ${verdictWord(word, word)}</li>`,
  )}</ul>`;
}

/** Hidden until the script can serve it. */
function filterForm(words: readonly string[]): Markup {
  return html`<form class="filter" role="search" hidden>
<label>Words <input type="search" name="words" placeholder="dropout, depth, vgg-d …"></label>
<label>Paper <select name="paper"><option value="">all</option>${paperIds.map(
    id => html`<option value="${id}">${shortTitle(id)}</option>`,
  )}</select></label>
<label>Verdict <select name="word"><option value="">all</option>${words.map(
    word => html`<option>${word}</option>`,
  )}</select></label>
<output aria-live="polite"></output>
</form>`;
}

function paperSection(id: PaperId, lines: readonly ClaimLine[], reports: readonly IndexedReport[]): Markup {
  const { title, authors, year, arxiv } = paperOf(id).paper;
  const own = experiments.filter(experiment => experiment.paper === id);
  const link = arxiv && html` <a href="https://arxiv.org/abs/${arxiv}" rel="noreferrer">arXiv:${arxiv}</a>.`;
  return html`<section id="paper-${id}" data-group="${id}"><h2>${title}</h2>
<p class="citation">${authors.join(', ')} (${year}).${link}</p>
${own.length > 0 && html`<ul class="cards">${own.map(experiment => card(experiment, reports))}</ul>`}
<ol class="claims">${lines.map(line => claim(id, line))}</ol></section>`;
}

/** Pages of experiments that users have written themselves. */
function ownSection(reports: readonly IndexedReport[]): Content {
  const own = reports.filter(
    ({ brief }) => !experiments.some(experiment => experiment.name === brief.experiment),
  );
  const names = [...new Set(own.map(({ brief }) => brief.experiment))];
  if (names.length === 0) return false;
  const items = names.map(name => {
    const pages = own.filter(({ brief }) => brief.experiment === name);
    const words = pages.flatMap(({ brief }) => brief.claims.map(({ id, verdict }) => `${id}: ${verdict}`));
    return html`<li data-find="${name}"><h3><code>${name}</code></h3><ul class="plain">${pages.map(page)}</ul>
<p>${words.join('; ')}</p></li>`;
  });
  return html`<section id="own"><h2>Your own experiments</h2><ul class="cards">${items}</ul></section>`;
}

function card(experiment: Experiment, reports: readonly IndexedReport[]): Markup {
  const pages = reports.filter(({ brief }) => brief.experiment === experiment.name);
  const find = `${experiment.name} ${experiment.title} ${experiment.shows}`;
  return html`<li data-find="${find}" data-paper="${experiment.paper}"><h3>${experiment.title}</h3>
<p class="unit"><code>${experiment.name}</code> ${experiment.table}</p><p>${experiment.shows}</p>
${pages.length === 0 ? html`<p class="note">No results yet: <code>npx nx run experiments:${experiment.name}</code></p>` : html`<ul class="plain">${pages.map(page)}</ul>`}</li>`;
}

function page({ address, brief }: IndexedReport): Markup {
  const { profile, dataset, engine, states, note } = brief;
  const total = Object.values(states).reduce((sum, count) => sum + count, 0);
  const wrong = (['running', 'failed', 'diverged'] as const)
    .filter(state => states[state] > 0)
    .map(state => `, ${states[state]} ${state}`);
  return html`<li><a href="${address}">${profile} on ${dataset}, ${engine}</a> <span class="unit">${states.done} of ${total} done${wrong}${note !== null && ', stand-in data'}</span></li>`;
}

function claim(paper: PaperId, line: ClaimLine): Content {
  const find = `${line.id} ${line.statement} ${line.evidence} ${line.experiments.join(' ')}`;
  return html`<li id="claim-${line.id}" data-find="${find}" data-paper="${paper}" data-word="${line.word}"><p class="statement">${line.statement}</p>
<p class="evidence"><code>${line.id}</code> ${line.evidence}${line.experiments.length > 0 && html`; decided by <code>${line.experiments.join(', ')}</code>.`}</p>
<p class="verdict">${verdictWord(line.word, line.word)}${line.isProxy && html`<span class="proxy">proxy</span>`}${line.pages.map(
    ({ address, label }) => html`<a href="${address}">${label}</a>`,
  )}</p></li>`;
}

function shortTitle(id: PaperId): string {
  const { title, year } = paperOf(id).paper;
  const characters = [...title];
  return `${characters.length > 48 ? `${characters.slice(0, 47).join('')}…` : title} (${year})`;
}
