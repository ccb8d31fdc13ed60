import type { ExperimentResults } from '@strata/experiments/collect';
import { type Setting, settingsOf, type VariantSettings, variantSettings } from '../../summary/index.js';
import { type Content, html, type Markup } from '../markup.js';
import { dataTable, missing, type TableColumn } from '../table.js';

/** What differs from the paper, field by field, generated from the two profiles. */
export function settings(results: ExperimentResults): Markup {
  const all = settingsOf(results);
  const differing = all.filter(setting => setting.here !== setting.paper);
  const same = all.filter(setting => setting.here === setting.paper);
  return html`<section id="differences"><h2>What differs from the paper</h2>
<p class="note">Generated from the configuration: this page's settings beside the experiment's <code>paper</code> profile, the published recipe as far as this project can express it.</p>
${dataTable({ caption: 'Settings that differ from the paper', hideCaption: true, columns, rows: differing })}
${unchanged(same)}
${amongVariants(variantSettings(results))}</section>`;
}

/** A column a setting that not all variants share: what the table ablates, as the runs were resolved. */
function amongVariants({ names, rows }: VariantSettings): Content {
  if (rows.length < 2 || names.length === 0) return null;
  const own: readonly TableColumn<VariantSettings['rows'][number]>[] = [
    { header: 'Variant', cell: row => row.variant },
    ...names.map(name => ({
      header: name,
      cell: (row: VariantSettings['rows'][number]) => row.settings[name] ?? missing('not set'),
    })),
  ];
  return html`<h3>What differs between the variants</h3>
${dataTable({ caption: 'Settings in which the variants differ', hideCaption: true, columns: own, rows })}`;
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
