import type { CollectedRun, ExperimentResults } from '@strata/experiments/collect';
import type { Environment } from '@strata/experiments/store';
import { type CsvFile, csvFiles, finishedAt } from '../../csv/index.js';
import { duration } from '../../format/index.js';
import { plannedSeeds } from '../../summary/index.js';
import { besidePage } from '../beside.js';
import { type Content, html, type Markup } from '../markup.js';
import { dataTable, missing, orMissing, type TableColumn } from '../table.js';

/** Everything that is needed to make the numbers again: command, data, machines, and each run's folder. */
export function provenance(results: ExperimentResults): Markup {
  const { command, store, dataset } = results;
  const runs = results.variants.flatMap(({ name, runs }) => runs.map(run => ({ variant: name, run })));
  const last = runs
    .flatMap(({ run }) => finishedAt(run) ?? [])
    .sort()
    .at(-1);
  return html`<section id="provenance"><h2>Where the numbers come from</h2>
<p>The command that makes them:</p>
<pre><code>${command}</code></pre>
<dl class="facts">
<div><dt>Last run finished</dt><dd>${last ? html`<time datetime="${last}">${last}</time>` : missing('no run has finished')}</dd></div>
<div><dt>Seeds</dt><dd>${plannedSeeds(results).join(', ') || missing('none planned')}</dd></div>
<div><dt>Data</dt><dd>${dataset.name}, SHA-256 <code>${dataset.checksum}</code></dd></div>
<div><dt>Store</dt><dd><code>${store}</code></dd></div>
${environments(runs.map(({ run }) => run))}
</dl>
<p>Every number again, to compute with:</p>
<ul class="plain">${csvFiles.map(({ name, row }) => html`<li><a href="${name}">${name}</a>, ${row}</li>`)}
<li><a href="${besidePage.markdown}">${besidePage.markdown}</a>, the table for pasting</li>
<li><a href="${besidePage.document}">${besidePage.document}</a>, what <code>strata report --json</code> prints</li></ul>
<details><summary>Runs, each in the store's folder runs/&lt;id&gt;</summary>${dataTable({ caption: 'Runs', hideCaption: true, columns: runTable, rows: runs })}</details>
${csvFiles.map(columnsOf)}
</section>`;
}

/** The machines and versions at work, each once. */
function environments(runs: readonly CollectedRun[]): Content {
  const lines = runs.flatMap(({ environment }) => (environment ? [environmentInWords(environment)] : []));
  const distinct = [...new Set(lines)];
  const label = distinct.length > 1 ? 'Machines' : 'Machine';
  return html`<div><dt>${label}</dt><dd>${
    distinct.length === 0
      ? missing('no run has finished')
      : distinct.map(
          line =>
            html`${line}<span class="unit"> (${lines.filter(other => other === line).length} runs)</span><br>`,
        )
  }</dd></div>`;
}

function environmentInWords({
  strata,
  node,
  engine,
  engineVersion,
  cpu,
  threads,
  platform,
  host,
}: Environment): string {
  const count =
    threads === null ? 'threads chosen by the engine' : `${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  return `Strata ${strata}, ${engine} ${engineVersion}, Node.js ${node}, ${platform}, ${cpu}, ${count}, host ${host}`;
}

interface RunLine {
  readonly variant: string;
  readonly run: CollectedRun;
}

const NOT_FINISHED = 'not finished';

const runTable: readonly TableColumn<RunLine>[] = [
  { header: 'Variant', cell: ({ variant }) => variant },
  { header: 'Seed', kind: 'number', cell: ({ run }) => run.seed },
  { header: 'State', cell: ({ run }) => run.state },
  { header: 'Run and folder', cell: ({ run }) => html`<code>${run.id}</code>` },
  { header: 'Starts from', cell: ({ run }) => parentsOf(run) },
  { header: 'Time', kind: 'number', cell: ({ run }) => orMissing(run.seconds, duration, NOT_FINISHED) },
  { header: 'Finished', cell: ({ run }) => finishedAt(run) ?? missing(NOT_FINISHED) },
  {
    header: 'Weights, SHA-256',
    cell: ({ run }) =>
      run.weightsSha256 === null
        ? missing(NOT_FINISHED)
        : html`<code title="${run.weightsSha256}">${run.weightsSha256.slice(0, 12)}…</code>`,
  },
];

function parentsOf({ run }: CollectedRun): Content {
  const ids = run.parents.map(parent => parent.run);
  return ids.length === 0 ? missing('random weights') : html`<code>${ids.join(', ')}</code>`;
}

function columnsOf({ name: file, columns }: CsvFile): Markup {
  const table = dataTable({
    caption: `Columns of ${file}`,
    hideCaption: true,
    columns: [
      { header: 'Column', cell: ({ name }) => html`<code>${name}</code>` },
      { header: 'Meaning', cell: ({ description }) => description },
    ],
    rows: columns,
  });
  return html`<details><summary>Columns of ${file}</summary>${table}</details>`;
}
