import type { ExperimentResults } from '@strata/experiments/collect';
import { fixed, milliseconds, whole } from '../../format/index.js';
import { isBusy, type TimingRow, timingRows } from '../../summary/index.js';
import { type Content, html } from '../markup.js';
import { dataTable, missing, type TableColumn } from '../table.js';

/** Training steps that were measured alone, one table a measurement; nothing where nobody has measured. */
export function timingsTables(results: ExperimentResults): Content {
  const rows = timingRows(results);
  const measurements = [...new Set(rows.map(({ device, measured }) => `${device} ${measured}`))];
  return measurements.map(measurement => {
    const own = rows.filter(({ device, measured }) => `${device} ${measured}` === measurement);
    return dataTable({ caption: own[0] && captionOf(own[0]), columns, rows: own });
  });
}

function captionOf(row: TimingRow): Content {
  const { device, measured, n, base } = row;
  return html`<strong>Time of a training step, measured alone.</strong> On ${device}, <time datetime="${measured}">${measured.slice(0, 10)}</time>; the variants took ${n} turns on drawn images. The ratio to ${base} is taken turn by turn, with the 95 % t-interval of its logarithm.${
    isBusy(row) &&
    html` <span class="gate">The machine was busy: a load of ${fixed(row.load, 1)} in the minute before.</span>`
  }`;
}

const columns: readonly TableColumn<TimingRow>[] = [
  { header: 'Variant', cell: row => row.variant },
  { header: 'batch', kind: 'number', cell: row => row.batchSize },
  {
    header: 'a step, median',
    kind: 'number',
    cell: row => html`<b>${milliseconds(row.seconds)}</b>`,
  },
  {
    header: 'images/s',
    kind: 'number',
    cell: row => whole(row.batchSize / row.seconds),
  },
  { header: 'times the first', kind: 'number', cell: ratio },
  { header: 'turns', kind: 'number', cell: row => row.n },
];

function ratio({ variant, base, ratio: value, interval }: TimingRow): Content {
  if (variant === base) return missing('all are measured against this one');
  const range =
    interval && html` <span class="interval">${fixed(interval[0], 2)} to ${fixed(interval[1], 2)}</span>`;
  return html`${fixed(value, 2)}${range}`;
}
