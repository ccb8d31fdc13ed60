import type { TopLevelSpec } from 'vega-lite';
import { type ChartText, renderSvg, seriesStyle } from '../charts/index.js';
import { type Content, html, type Markup, raw } from './markup.js';
import { dataTable, type TableColumn } from './table.js';

/** A chart under its title; the drawing says in words what it shows. */
export async function chart({
  title,
  description,
  spec,
}: ChartText & { readonly spec: TopLevelSpec }): Promise<Markup> {
  const svg = await renderSvg(spec, { title, description });
  return html`<figure class="chart"><figcaption>${title}</figcaption>${raw(svg)}</figure>`;
}

/** The numbers behind a chart, folded away. */
export function chartData<Row>(
  title: string,
  columns: readonly TableColumn<Row>[],
  rows: readonly Row[],
): Markup {
  return html`<details><summary>${title}: the numbers</summary>${dataTable({ caption: title, hideCaption: true, columns, rows })}</details>`;
}

/** What marks and colours mean: small drawings with words. */
export function legend(entries: readonly { readonly drawing: Markup; readonly label: string }[]): Content {
  return html`<ul class="legend">${entries.map(
    ({ drawing, label }) =>
      html`<li><svg viewBox="0 0 28 12" width="28" height="12" aria-hidden="true">${drawing}</svg>${label}</li>`,
  )}</ul>`;
}

/** The lines of a chart: variants in their order, which decides colours; those that are drawn. */
export function lineLegend(variants: readonly string[], drawn: ReadonlySet<string>): Content {
  const entries = variants.map((label, i) => {
    const { colour, dash } = seriesStyle(i);
    const drawing = html`<path d="M0 6H28" stroke="${colour}" stroke-width="2.5" stroke-dasharray="${dash.join(' ')}"/>`;
    return { label, drawing };
  });
  return legend(entries.filter(({ label }) => drawn.has(label)));
}
