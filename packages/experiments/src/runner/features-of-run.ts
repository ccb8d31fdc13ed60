import { testScale } from '@strata/core/data';
import { buildModel } from '@strata/core/models';
import { type Shape, upTo } from '@strata/core/network';
import {
  type Features,
  featuresOf,
  type LinearRecipe,
  linearPredictions,
  type Protocol,
  trainLinearClassifier,
} from '@strata/core/training';
import { usualProtocol } from '../plan/index.js';
import { type Run, readRun, readWeights } from '../store/index.js';
import { type EvaluationContext, evaluatedNetwork } from './evaluate-run.js';

/**
 * Images are as many of each half of the data that is given as the run has of its own. These may be another set than it was trained
 * on, to which its normalisation is then fitted, as it is where a training starts from the run.
 */
export interface FeatureRequest {
  readonly run: string;
  readonly layer: string;
  readonly split: 'train' | 'test';
}

/** What a layer of a trained network says of images. @throws UsageError when the store has no such run, or the network no such layer. */
export async function featuresOfRun(
  context: EvaluationContext,
  { run: id, layer, split }: FeatureRequest,
): Promise<Features> {
  const { store } = context;
  const run = await readRun(store, id);
  const whole = buildModel(run.model);
  const weights = await readWeights(store, id);
  const seen = { run: onData(run, context) };
  const tested = await evaluatedNetwork(context, seen, weights, split, upTo(whole, layer));
  return featuresOf(tested, protocolOn(context, run, whole.input));
}

/** Photographs show their middle, also to a network that was trained on images of its own size. */
function protocolOn({ data }: EvaluationContext, { recipe }: Run, input: Shape): Protocol {
  return data.shape
    ? usualProtocol(recipe, input)
    : { kind: 'centre-crop', scales: [testScale(recipe.augmentation, input)] };
}

/** As if the run were on the data, if they are another set; of its own set it wants the very images. */
function onData(run: Run, { data: { name, checksum } }: EvaluationContext): Run {
  return name === run.dataset.name ? run : { ...run, dataset: { ...run.dataset, name, checksum } };
}

/** Fits most sets of features: they are scaled to deviation 1 beforehand. */
const LINEAR_RECIPE: LinearRecipe = {
  epochs: 50,
  batchSize: 64,
  optimizer: {
    kind: 'sgd',
    form: 'scaled-velocity',
    momentum: 0.9,
    nesterov: false,
    weightDecay: 1e-3,
    decayOn: 'weights',
  },
  schedule: { kind: 'steps', initial: 0.01, dropAt: [0.6, 0.85], factor: 0.1, warmUpSteps: 0 },
  initialisation: { kind: 'gaussian', deviation: 0.01, width: 1, bias: 0 },
};

export interface LinearErrors {
  /** In percent. */
  readonly trainTop1Error: number;
  readonly testTop1Error: number;
  readonly testTop5Error: number;
}

/** Trains a linear classifier on a layer's features of the training images, and tests it on those of both halves. */
export async function classifyFeatures(
  context: EvaluationContext,
  request: Omit<FeatureRequest, 'split'>,
): Promise<LinearErrors> {
  const { data, engine } = context;
  const train = await featuresOfRun(context, { ...request, split: 'train' });
  const test = await featuresOfRun(context, { ...request, split: 'test' });
  const recipe = { ...LINEAR_RECIPE, batchSize: Math.min(LINEAR_RECIPE.batchSize, train.count) };
  const classifier = await trainLinearClassifier(engine, train, {
    classes: data.classes.length,
    recipe,
    seed: 0,
  });
  const onTrain = await linearPredictions(engine, classifier, train);
  const onTest = await linearPredictions(engine, classifier, test);
  return {
    trainTop1Error: onTrain.top1Error,
    testTop1Error: onTest.top1Error,
    testTop5Error: onTest.top5Error,
  };
}
