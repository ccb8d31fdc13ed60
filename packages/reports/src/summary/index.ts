export * from './cautions.js';
export * from './curves.js';
export * from './document.js';
export * from './rows.js';
export * from './settings.js';
export * from './terminal-table.js';
