export type { DataSet, ImageSet } from './data-set.js';
export type { Augmentation, Normalisation, Subset } from './preprocessing.js';
