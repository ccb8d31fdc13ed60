import { type Content, html, type Markup } from './markup.js';

/** One column of a table. The first one names the row and becomes its header. */
export interface TableColumn<Row> {
  readonly header: Content;
  /** Columns that follow one another under the same heading. */
  readonly group?: string;
  /** How its cells are set: numbers to the right, states with room for their words. */
  readonly kind?: 'number' | 'state';
  cell(row: Row): Content;
}

export interface Table<Row> {
  readonly caption: Content;
  /** The caption is read aloud only: a heading beside it says the same. */
  readonly hideCaption?: boolean;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
}

/** A table with scoped headers, in a box of its own that scrolls sideways where the page is too narrow. */
export function dataTable<Row>({ caption, hideCaption = false, columns, rows }: Table<Row>): Markup {
  return html`<div class="scroll" role="region" aria-label="table" tabindex="0"><table>
<caption${hideCaption && html` class="unseen"`}><span>${caption}</span></caption>
<thead>${groupRow(columns)}<tr>${columns.map(column => html`<th scope="col"${classOf(column)}>${column.header}</th>`)}</tr></thead>
<tbody>${rows.map(row => bodyRow(columns, row))}</tbody>
</table></div>`;
}

function classOf<Row>({ kind }: TableColumn<Row>): Content {
  return kind && html` class="${kind}"`;
}

function bodyRow<Row>(columns: readonly TableColumn<Row>[], row: Row): Markup {
  const cells = columns.map((column, i) =>
    i === 0
      ? html`<th scope="row">${column.cell(row)}</th>`
      : html`<td${classOf(column)}>${column.cell(row)}</td>`,
  );
  return html`<tr>${cells}</tr>\n`;
}

function groupRow<Row>(columns: readonly TableColumn<Row>[]): Content {
  const groups: { name: string; span: number }[] = [];
  for (const { group = '' } of columns) {
    const last = groups.at(-1);
    if (last && last.name === group) last.span++;
    else groups.push({ name: group, span: 1 });
  }
  if (groups.length === 1) return null;
  return html`<tr class="groups">${groups.map(({ name, span }) =>
    name === ''
      ? html`<td colspan="${span}"></td>`
      : html`<th scope="colgroup" colspan="${span}"><span>${name}</span></th>`,
  )}</tr>`;
}

/** A cell without a value: a dash that says why. */
export function missing(why: string): Markup {
  return html`<span class="missing" title="${why}"><span aria-hidden="true">–</span><span class="unseen">${why}</span></span>`;
}

/** The number in words, or a dash that says why there is none. */
export function orMissing(value: number | null, format: (value: number) => string, why: string): Content {
  return value === null ? missing(why) : format(value);
}
