import type { Exhibits, ExperimentResults } from '@strata/experiments/collect';
import { documentOf } from './document.js';
import { html } from './markup.js';
import { claims } from './sections/claims.js';
import { comparisonFigures } from './sections/comparison-figures.js';
import { contents } from './sections/contents.js';
import { curvesFigure } from './sections/curves-figure.js';
import { errorFigure } from './sections/error-figure.js';
import { filters } from './sections/filters.js';
import { header } from './sections/header.js';
import { mistakes } from './sections/mistakes.js';
import { provenance } from './sections/provenance.js';
import { responsesFigure } from './sections/responses-figure.js';
import { resultsTables } from './sections/results-table.js';
import { samples } from './sections/samples.js';
import { settings } from './sections/settings.js';

/** What an experiment's page is drawn from. */
export interface PageRequest {
  readonly results: ExperimentResults;
  /** What the networks have become; left out where nobody looked. */
  readonly exhibits?: Exhibits;
  /** Marks whose page it is, for the writer. */
  readonly identity?: string;
  /** Where the index of all pages is, from this page. */
  readonly indexAddress?: string;
}

/** One experiment at one profile as a self-contained HTML document: the same bytes for the same results. */
export async function renderExperimentPage(request: PageRequest): Promise<string> {
  const { results, exhibits, identity = '', indexAddress } = request;
  const { experiment, profileName, dataset } = results;
  const figures = await Promise.all([
    errorFigure(results),
    comparisonFigures(results),
    curvesFigure(results, 'curves'),
    responsesFigure(results),
    exhibits && mistakes(results, exhibits),
  ]);
  const [errors, comparison, curves, responses, confusions] = figures;
  return documentOf({
    title: `${experiment.name}, ${profileName}, ${dataset.name}`,
    identity,
    body: html`${header(results, indexAddress)}
${contents({ exhibits: exhibits !== undefined, responses: responses !== null })}
${claims(results)}
${resultsTables(results)}
${errors}
${comparison}
${curves}
${responses}
${exhibits && filters(exhibits)}
${confusions}
${exhibits && samples(results, exhibits)}
${settings(results)}
${provenance(results)}`,
  });
}
