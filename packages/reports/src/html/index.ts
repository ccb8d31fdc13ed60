export { besidePage } from './beside.js';
export { type IndexedReport, renderIndexPage } from './index-page.js';
export { renderLiveBody, renderLivePage } from './live-page.js';
export { html, type Markup, raw } from './markup.js';
export { type PageRequest, renderExperimentPage } from './page.js';
