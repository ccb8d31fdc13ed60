export { checkAugmentations, checkNormalisation } from './check-preprocessing.js';
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
export { type FitOptions, type FittedInput, fitInput, readyInput } from './fit-input.js';
export { centred, cropped, type FloatImage, type Size, type Window } from './float-image.js';
export { rescaleCropOf, testScale } from './input-spec.js';
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
  evaluationBatches,
  type InputOptions,
  type TrainingInput,
  type TrainingOptions,
  trainingBatches,
} from './pipeline.js';
export type { Augmentation, Normalisation, Subset } from './preprocessing.js';
export { type DataSetName, dataSetNames, dataSets } from './registry.js';
export { rescaled, scaledSize } from './rescale.js';
export { type ShapesOptions, shapes } from './shapes.js';
export { type Parts, subsetOf } from './subset.js';
export { type TestImages, type TestOptions, testImages } from './test-images.js';
export {
  openTraining,
  type ThreadedTraining,
  type ThreadedTrainingOptions,
  type ThreadOptions,
  testBatches,
} from './threaded-input.js';
export { wholeImage } from './whole-image.js';
