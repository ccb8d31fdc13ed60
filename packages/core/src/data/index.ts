export { checkAugmentations, checkNormalisation } from './check-preprocessing.js';
export {
  type DataSet,
  type ImageDataSet,
  type ImageSet,
  type Images,
  isPhotoSet,
  type PhotoDataSet,
} from './data-set.js';
export { type DecodeOptions, decodePhoto } from './decode.js';
export { type Fetched, type FetchOptions, fetchDataSet } from './fetch.js';
export { type FitOptions, type FittedInput, fitInput, readyInput } from './fit-input.js';
export { testScale } from './input-spec.js';
export { cacheDir, type DataPlaces } from './locate.js';
export { type ChannelStatistics, channelStatistics, type InputStatistics } from './normalise.js';
export type { InputImages } from './normalised-set.js';
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
  type TrainingInput,
  type TrainingOptions,
  trainingBatches,
} from './pipeline.js';
export type { Augmentation, Normalisation, Subset } from './preprocessing.js';
export { type DataSetName, dataSetNames, dataSets, isOfPhotographs } from './registry.js';
export { resample } from './resample.js';
export { type ShapesOptions, shapes } from './shapes.js';
export { type Parts, subsetOf } from './subset.js';
export { type TestImages, type TestOptions, testImages } from './test-images.js';
export {
  openTraining,
  type ThreadedTraining,
  type ThreadedTrainingOptions,
  type ThreadOptions,
} from './threaded-input.js';
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
