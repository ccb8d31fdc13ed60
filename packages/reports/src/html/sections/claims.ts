import type { ExperimentResults } from '@strata/experiments/collect';
import { counted } from '../../format/index.js';
import { type ClaimRow, claimRows } from '../../summary/index.js';
import { type Content, html } from '../markup.js';

/** The paper's claims that this experiment decides, each with its word. */
export function claims(results: ExperimentResults): Content {
  const rows = claimRows(results);
  const [first] = rows;
  if (!first) return null;
  return html`<section id="claims"><h2>What the paper claims</h2>
<p class="note">Recorded, not judged: this page gives no verdicts yet. One needs the planned seeds and a test; over ${counted(rows.length, 'claim')}, at least ${first.needed} paired seeds. There ${first.n === 1 ? 'is' : 'are'} ${first.n} so far.</p>
<ol class="claims">${rows.map(claim)}</ol></section>`;
}

function claim({ id, statement, evidence, verdict, n, needed }: ClaimRow): Content {
  const state = verdict ?? (n < needed ? `needs ${needed} seeds, has ${n}` : 'not judged');
  return html`<li id="claim-${id}"><p>${statement}</p><p class="evidence"><code>${id}</code> ${evidence}</p><p class="verdict">${state}</p></li>`;
}
