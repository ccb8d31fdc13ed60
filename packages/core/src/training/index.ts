export { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from './checkpoint.js';
export { type EvaluatedNetwork, evaluate } from './evaluate.js';
export type * from './events.js';
export { initialState, withLayersFrom } from './initialise.js';
export { type LikelyClasses, likelyClasses } from './likely-classes.js';
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
export type { Initialisation, Recipe, Schedule } from './recipe.js';
export { decodeSafetensors, encodeSafetensors, type Safetensors } from './safetensors.js';
export { learningRateAt } from './schedule.js';
export { type Moment, type TrainingBatches, type TrainOptions, type TrainOutcome, train } from './train.js';
export { merged, viewCount, viewsOf } from './views.js';
export { weightsOf, weightsSha256 } from './weights.js';
