/** A piece of HTML that is safe as it stands. Only `html` and `raw` make one. */
export interface Markup {
  readonly [MARKUP]: string;
}

const MARKUP: unique symbol = Symbol('markup');

/** What may stand in a template: text is escaped, markup is not, lists are joined, null and false leave nothing. */
export type Content = Markup | string | number | null | undefined | false | readonly Content[];

/** A template whose values are escaped: text content and quoted attribute values are both safe places for them. */
export function html(literals: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return raw(literals.map((literal, i) => literal + textOf(values[i])).join(''));
}

/** Takes text for markup: for what this package draws itself, never for a name or a reason. */
export function raw(text: string): Markup {
  return Object.freeze({ [MARKUP]: text });
}

export function markupOf(markup: Markup): string {
  return markup[MARKUP];
}

function textOf(content: Content): string {
  if (content === null || content === undefined || content === false) return '';
  if (typeof content === 'string' || typeof content === 'number') return escapeHtml(String(content));
  return isMarkup(content) ? content[MARKUP] : content.map(textOf).join('');
}

function isMarkup(content: Markup | readonly Content[]): content is Markup {
  return MARKUP in content;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => ENTITIES[character] ?? character);
}
