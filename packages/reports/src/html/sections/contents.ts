import { html, type Markup } from '../markup.js';

const sections = [
  { id: 'claims', title: 'Claims' },
  { id: 'results', title: 'Table' },
  { id: 'errors', title: 'Errors' },
  { id: 'comparison', title: 'Agreement and cost' },
  { id: 'curves', title: 'Curves' },
  { id: 'filters', title: 'Filters', isExhibit: true },
  { id: 'mistakes', title: 'Mistakes', isExhibit: true },
  { id: 'samples', title: 'Predictions', isExhibit: true },
  { id: 'differences', title: 'Differences' },
  { id: 'provenance', title: 'Provenance' },
] as const;

/** Where to find what. */
export function contents(hasExhibits: boolean): Markup {
  const shown = sections.filter(section => hasExhibits || !('isExhibit' in section));
  return html`<nav aria-label="On this page"><ul>${shown.map(
    ({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`,
  )}</ul></nav>`;
}
