export type * from './events.js';
export type { Initialisation, Recipe, Schedule } from './recipe.js';
