export { type FilterSheet, filterSheet } from './filter-sheet.js';
export { rasterOf } from './planar.js';
export { encodePng, pngAddress, type Raster } from './png.js';
