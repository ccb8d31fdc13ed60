export { compareStores, type RunPair, type StoreComparison } from './compare-stores.js';
export { comparisonText } from './comparison-text.js';
export { type StoredRun, storedRuns } from './store-runs.js';
