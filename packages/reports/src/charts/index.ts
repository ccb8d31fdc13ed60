export * from './error-chart.js';
export * from './learning-curves.js';
export * from './palette.js';
export * from './render.js';
