import type { Exhibits, FirstFilters } from '@strata/experiments/collect';
import { counted } from '../../format/index.js';
import { filterSheet, pngAddress } from '../../images/index.js';
import { html, type Markup } from '../markup.js';

/** Pixels of one filter on the page, about: sheets of small and large filters come out alike. */
const FILTER_SIZE = 30;

/** The weights that see the pixels, one seed of each variant, drawn as pictures. */
export function filters({ filters: found }: Exhibits): Markup {
  if (found.length === 0) {
    return html`<section id="filters"><h2>First-layer filters</h2><p class="note">No finished run has kept weights to be drawn.</p></section>`;
  }
  return html`<section id="filters"><h2>First-layer filters</h2>
<div class="sheets">${found.map(sheet)}</div>
<p class="note">Weights as trained: grey is zero, and full colour the largest weight of its sheet. One seed of each variant; at most 64 filters are drawn.</p></section>`;
}

function sheet({ variant, seed, layer, weights }: FirstFilters): Markup {
  const { raster, columns, rows, scale } = filterSheet(weights.shape, weights.data);
  const [filterCount = 0, channels = 0, height = 0, width = 0] = weights.shape;
  const zoom = Math.max(2, Math.round(FILTER_SIZE / width));
  const size = `${counted(filterCount, 'filter')} of ${channels} × ${height} × ${width}`;
  const alt = `${variant}, seed ${seed}, ${layer}: ${size} in ${columns} columns and ${rows} rows, weights from −${scale.toPrecision(2)} to ${scale.toPrecision(2)}`;
  return html`<figure class="sheet"><figcaption>${variant} <span class="unit">${layer}, seed ${seed}</span></figcaption><img src="${pngAddress(raster)}" alt="${alt}" width="${raster.width * zoom}" height="${raster.height * zoom}"><p class="unit">${size}, ±${scale.toPrecision(2)}</p></figure>`;
}
