import { html, type Markup } from '../markup.js';

const sections = [
  { id: 'claims', title: 'Claims' },
  { id: 'results', title: 'Table' },
  { id: 'errors', title: 'Errors' },
  { id: 'comparison', title: 'Agreement and cost' },
  { id: 'curves', title: 'Curves' },
  { id: 'responses', title: 'Responses', only: 'responses' },
  { id: 'filters', title: 'Filters', only: 'exhibits' },
  { id: 'mistakes', title: 'Mistakes', only: 'exhibits' },
  { id: 'samples', title: 'Predictions', only: 'exhibits' },
  { id: 'differences', title: 'Differences' },
  { id: 'provenance', title: 'Provenance' },
] as const;

/** Where to find what. Some sections are there only where there is something to show. */
export function contents(there: { readonly exhibits: boolean; readonly responses: boolean }): Markup {
  const shown = sections.filter(section => !('only' in section) || there[section.only]);
  return html`<nav aria-label="On this page"><ul>${shown.map(
    ({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`,
  )}</ul></nav>`;
}
