import type { ExperimentResults } from '@strata/experiments/collect';
import { counted, fixed, whole } from '../format/index.js';
import { countStates, type LiveRun, liveRuns } from '../summary/index.js';
import { judgeClaims, words } from '../verdicts/index.js';
import { documentOf } from './document.js';
import { type Content, html, type Markup, markupOf } from './markup.js';
import { curvesFigure } from './sections/curves-figure.js';
import { dataTable, orMissing, type TableColumn } from './table.js';
import { verdictWord } from './verdict-word.js';

/** Asks for the page's body again and again, and says when nobody answers. */
const liveScript = `(() => {
  const body = document.getElementById('live');
  const note = document.getElementById('stale');
  const ask = async () => {
    try {
      const answer = await fetch('live');
      if (!answer.ok) throw new Error(answer.statusText);
      const text = await answer.text();
      const open = [...body.querySelectorAll('details')].map(found => found.open);
      body.innerHTML = text;
      [...body.querySelectorAll('details')].forEach((found, i) => { found.open = open[i] === true; });
      note.hidden = true;
    } catch {
      note.hidden = false;
    }
    setTimeout(ask, 3000);
  };
  setTimeout(ask, 3000);
})();`;

/** What a store holds and how far it is, as a page that keeps itself up to date where scripts run. */
export async function renderLivePage(tables: readonly ExperimentResults[]): Promise<string> {
  return documentOf({
    title: 'Live',
    identity: 'live',
    liveScript,
    body: html`<header><p class="eyebrow"><a href="reports/index.html">All experiments</a><span></span>live</p>
<h1>What is running</h1><p id="stale" class="stale" hidden>The server does not answer: what is shown is the last that it said.</p></header>
<div id="live" class="live">${await body(tables)}</div>`,
  });
}

/** The part of the page that changes. */
export async function renderLiveBody(tables: readonly ExperimentResults[]): Promise<string> {
  return markupOf(html`${await body(tables)}`);
}

async function body(tables: readonly ExperimentResults[]): Promise<Content> {
  if (tables.length === 0) {
    return html`<p class="lead">Nothing has been asked of this store yet: <code>strata run &lt;experiment&gt;</code>.</p>`;
  }
  return Promise.all(tables.map((results, i) => table(results, `curves-${i + 1}`)));
}

async function table(results: ExperimentResults, curvesId: string): Promise<Markup> {
  const { experiment, profileName, dataset, engine, variants } = results;
  const runs = variants.flatMap(variant => variant.runs);
  const states = countStates(runs);
  const over = states.done + states.diverged + states.failed;
  const active = liveRuns(results).filter(({ state }) => state === 'running' || state === 'failed');
  const isUnderWay = states.running > 0 || over < runs.length;
  return html`<section><h2>${experiment.title}</h2>
<p class="unit"><code>${experiment.name}</code> ${profileName} on ${dataset.name}, ${engine}${dataset.note !== null && html`<br>${dataset.note}`}</p>
<p><progress max="${Math.max(1, runs.length)}" value="${over}" aria-label="runs that are over"></progress> ${states.done} of ${counted(runs.length, 'run')} done${states.running > 0 && `, ${states.running} running`}${states.failed > 0 && `, ${states.failed} failed`}${states.diverged > 0 && `, ${states.diverged} diverged`}</p>
${claimTally(results)}
${active.length > 0 && dataTable({ caption: 'Runs under way', hideCaption: true, columns, rows: active })}
${isUnderWay && (await curvesFigure(results, curvesId))}</section>`;
}

/** Words are given at the planned seeds only; until then every claim says how many runs it still wants. */
function claimTally(results: ExperimentResults): Content {
  const verdicts = judgeClaims(results);
  return html`<ul class="tally" aria-label="Claims by word">${words
    .map(word => ({ word, count: verdicts.filter(verdict => verdict.word === word).length }))
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => html`<li><b>${count}</b> ${verdictWord(word, word)}</li>`)}</ul>`;
}

const NOT_YET = 'not reported yet';

const columns: readonly TableColumn<LiveRun>[] = [
  { header: 'Variant', cell: run => run.variant },
  { header: 'Seed', kind: 'number', cell: run => run.seed },
  { header: 'State', cell: run => run.state },
  {
    header: 'Progress',
    cell: ({ step, steps }) => orMissing(steps, total => `${whole(step)} of ${whole(total)} steps`, NOT_YET),
  },
  {
    header: '',
    cell: ({ variant, seed, step, steps }) =>
      html`<progress max="${steps ?? 1}" value="${step}" aria-label="${`${variant}, seed ${seed}`}"></progress>`,
  },
  { header: 'loss', kind: 'number', cell: run => orMissing(run.loss, value => fixed(value, 3), NOT_YET) },
  {
    header: 'test error, %',
    kind: 'number',
    cell: run => orMissing(run.testError, value => fixed(value, 1), NOT_YET),
  },
  { header: 'images/s', kind: 'number', cell: run => orMissing(run.imagesPerSecond, whole, NOT_YET) },
];
