export * from './agreement-chart.js';
export * from './confusion-chart.js';
export * from './cost-chart.js';
export * from './error-chart.js';
export * from './learning-curves.js';
export * from './palette.js';
export * from './render.js';
export * from './responses-chart.js';
