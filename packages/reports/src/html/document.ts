import { type Content, html, markupOf, raw } from './markup.js';
import { script, sourceOf } from './script.js';
import { stylesheet } from './style.js';

/** A page may load nothing at all; its own styles, its scripts and pictures within it are the only exceptions. */
const POLICY = `default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src ${sourceOf(script)}`;

export interface PageParts {
  readonly title: string;
  /** Marks whose page it is, for the writer. */
  readonly identity: string;
  readonly body: Content;
  /** A second script of a page that is served: it may ask its own server. */
  readonly liveScript?: string;
}

/** A self-contained HTML document: no request, readable without its script, the same bytes for the same parts. */
export function documentOf({ title, identity, body, liveScript }: PageParts): string {
  const policy = liveScript ? `${POLICY} ${sourceOf(liveScript)}; connect-src 'self'` : POLICY;
  const page = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="strata-results" content="${identity}">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} – Strata</title>
<style>${raw(stylesheet())}</style>
</head>
<body>
<main>
${body}
</main>
<script>${raw(script)}</script>${liveScript && html`<script>${raw(liveScript)}</script>`}
</body>
</html>
`;
  return markupOf(page);
}
