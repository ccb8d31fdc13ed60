export { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from './checkpoint.js';
export { type CopiedLayers, type WeightFile, withLayersFrom, withLayersFromFile } from './copy-layers.js';
export { type EvaluatedNetwork, evaluate } from './evaluate.js';
export type * from './events.js';
export { decodeFeatures, encodeFeatures, type Features, featuresOf } from './features.js';
export { frozenLayers } from './freeze.js';
export { initialState } from './initialise.js';
export { type LikelyClasses, likelyClasses } from './likely-classes.js';
export {
  type LinearClassifier,
  type LinearRecipe,
  linearPredictions,
  trainLinearClassifier,
} from './linear-classifier.js';
export { type NameMapName, nameMaps } from './name-maps.js';
export { type Posteriors, type Predictions, posteriors } from './posteriors.js';
export { atBeginning, type EpochTotals, type Progress } from './progress.js';
export {
  describeProtocol,
  namedProtocols,
  type Protocol,
  type ProtocolKind,
  type Scales,
  WHOLE_IMAGE,
} from './protocol.js';
export type {
  ConstantWarmUp,
  Freeze,
  Initialisation,
  PlateauSchedule,
  Recipe,
  Schedule,
  StepSchedule,
} from './recipe.js';
export { type LayerResponse, layerResponses, respondingLayers } from './responses.js';
export { decodeSafetensors, encodeSafetensors, type Safetensors } from './safetensors.js';
export { type EpochErrors, learningRateAt } from './schedule.js';
export { type Moment, type TrainingBatches, type TrainOptions, type TrainOutcome, train } from './train.js';
export { merged, viewCount, viewsOf } from './views.js';
export { weightsOf, weightsSha256 } from './weights.js';
