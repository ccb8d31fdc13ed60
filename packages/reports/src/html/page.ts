import type { ExperimentResults } from '@strata/experiments/collect';
import { html, markupOf, raw } from './markup.js';
import { claims } from './sections/claims.js';
import { curvesFigure } from './sections/curves-figure.js';
import { errorFigure } from './sections/error-figure.js';
import { header } from './sections/header.js';
import { provenance } from './sections/provenance.js';
import { resultsTables } from './sections/results-table.js';
import { settings } from './sections/settings.js';
import { stylesheet } from './style.js';

/** The page may load nothing at all; its own styles are the only exception. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/**
 * One experiment at one profile as a self-contained HTML document: no script, no request, the same bytes for the same
 * results. `identity` marks whose page it is, for the writer.
 */
export async function renderExperimentPage(results: ExperimentResults, identity = ''): Promise<string> {
  const { experiment, profileName, dataset } = results;
  const page = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="strata-results" content="${identity}">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${experiment.name}, ${profileName}, ${dataset.name} – Strata</title>
<style>${raw(stylesheet())}</style>
</head>
<body>
<main>
${header(results)}
${claims(results)}
${resultsTables(results)}
${await errorFigure(results)}
${await curvesFigure(results)}
${settings(results)}
${provenance(results)}
</main>
</body>
</html>
`;
  return markupOf(page);
}
