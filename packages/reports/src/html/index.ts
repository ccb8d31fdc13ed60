export { html, type Markup, raw } from './markup.js';
export { renderExperimentPage } from './page.js';
