export {
  type DataSet,
  type ImageDataSet,
  type ImageSet,
  type Images,
  isPhotoSet,
  type PhotoDataSet,
  withOneSize,
} from './data-set.js';
export { type DecodeOptions, decodePhoto } from './decode.js';
export { type Fetched, type FetchOptions, fetchDataSet } from './fetch.js';
export { cacheDir, type DataPlaces } from './locate.js';
export type { ChannelStatistics } from './normalise.js';
export { channelStatistics } from './normalise.js';
export {
  AUTO,
  checkDataSet,
  type DataSetPlace,
  type DataSetReport,
  describeDataSets,
  type OpenedDataSet,
  type OpenOptions,
  openDataSet,
} from './open.js';
export type { DecodedPhoto, PhotoSet } from './photo-set.js';
export {
  evaluationBatches,
  type InputOptions,
  type TrainingInput,
  type TrainingOptions,
  trainingBatches,
} from './pipeline.js';
export type { Augmentation, Normalisation, Subset } from './preprocessing.js';
export { type DataSetName, dataSetNames, dataSets } from './registry.js';
export { resample } from './resample.js';
export { type ShapesOptions, shapes } from './shapes.js';
export { type Parts, subsetOf } from './subset.js';
export { type TestImages, type TestOptions, testImages } from './test-images.js';
export {
  centralSquare,
  centred,
  checkCrop,
  corners,
  formatSize,
  grid,
  type Region,
  rescaled,
  type Size,
  sizesEqual,
  type View,
  whole,
} from './view.js';
