import { html, type Markup } from './markup.js';

/** A verdict as it is printed, in the colour of its word; the word itself says everything. */
export function verdictWord(word: string, printed: string): Markup {
  return html`<span class="word" data-verdict="${word}">${printed}</span>`;
}
