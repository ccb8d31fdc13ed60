import type { ExperimentResults } from '@strata/experiments/collect';
import { type PaperId, paperOf, tableOf } from '@strata/experiments/papers';
import { counted } from '../../format/index.js';
import { cautionsOf, countStates, plannedSeeds } from '../../summary/index.js';
import { type Content, html, type Markup } from '../markup.js';

/** Title, paper, what the table shows, and the plain words on which data and how many runs stand behind the page. */
export function header(results: ExperimentResults, indexAddress?: string): Markup {
  const { experiment, profileName } = results;
  return html`<header>
<p class="eyebrow">${indexAddress !== undefined && html`<a href="${indexAddress}">All experiments</a><span></span>`}${experiment.name}<span>profile ${profileName}</span></p>
<h1>${experiment.title}</h1>
${citation(results)}
<p class="lead">${experiment.shows}</p>
</header>
${basis(results)}`;
}

function citation({ experiment }: ExperimentResults): Content {
  if (!experiment.paper) return false;
  const { title, authors, year, arxiv } = paperOf(experiment.paper).paper;
  const link = arxiv && html` <a href="https://arxiv.org/abs/${arxiv}" rel="noreferrer">arXiv:${arxiv}</a>.`;
  return html`<p class="citation">${authors.join(', ')} (${year}). <cite>${title}</cite>.${link}${tableTitle(experiment.paper, experiment.table)}</p>`;
}

function tableTitle(paper: PaperId, table: string | undefined): Content {
  return table !== undefined && html` <span>${tableOf(paper, table).title} (${table}).</span>`;
}

/** Which data, which size, how much of it is there: to be read before any number. */
function basis(results: ExperimentResults): Markup {
  const { dataset, profile, profileName, engine } = results;
  return html`<section class="basis" aria-label="What these numbers stand on">
<p class="data${dataset.note !== null && ' substitute'}"><strong>Data: ${dataset.name}.</strong> ${dataset.note ?? 'The data set that this profile asks for.'}</p>
<dl>
<div><dt>Profile</dt><dd><strong>${profileName}</strong><br>${profile.purpose}</dd></div>
<div><dt>Runs</dt><dd>${runsInWords(results)}</dd></div>
<div><dt>Engine</dt><dd><strong>${engine}</strong></dd></div>
</dl>
${cautionsOf(results).map(caution => html`<p class="caution">${caution}</p>`)}
</section>`;
}

function runsInWords(results: ExperimentResults): Content {
  const runs = results.variants.flatMap(variant => variant.runs);
  const states = countStates(runs);
  const seeds = plannedSeeds(results);
  const parts = [
    states.running > 0 && `${states.running} running`,
    states.failed > 0 && `${states.failed} failed`,
    states.diverged > 0 && `${states.diverged} diverged`,
    states.planned > 0 && `${states.planned} not started`,
  ].filter(part => part !== false);
  return html`<strong>${states.done} of ${runs.length} done</strong><br>${[
    `${counted(seeds.length, 'seed')} a variant`,
    ...parts,
  ].join(', ')}`;
}
