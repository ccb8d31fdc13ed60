import type { ExperimentResults } from '@strata/experiments/collect';
import { type Setting, settingsOf } from '../../summary/index.js';
import { type Content, html, type Markup } from '../markup.js';
import { dataTable, type TableColumn } from '../table.js';

/** What differs from the paper, field by field, generated from the two profiles. */
export function settings(results: ExperimentResults): Markup {
  const all = settingsOf(results);
  const differing = all.filter(setting => setting.here !== setting.paper);
  const same = all.filter(setting => setting.here === setting.paper);
  return html`<section id="differences"><h2>What differs from the paper</h2>
<p class="note">Generated from the configuration: this page's settings beside the experiment's <code>paper</code> profile, the published recipe as far as this project can express it.</p>
${dataTable({ caption: 'Settings that differ from the paper', hideCaption: true, columns, rows: differing })}
${unchanged(same)}</section>`;
}

function unchanged(same: readonly Setting[]): Content {
  if (same.length === 0) return null;
  return html`<p class="note">As in the paper: ${same.map(({ name, here }) => `${name} ${here}`).join('; ')}.</p>`;
}

const columns: readonly TableColumn<Setting>[] = [
  { header: 'Setting', cell: setting => setting.name },
  { header: 'Here', cell: setting => setting.here },
  { header: 'Paper', cell: setting => setting.paper },
];
