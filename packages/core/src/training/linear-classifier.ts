import type { Batch, Engine, State } from '../engine/index.js';
import { UsageError } from '../errors/index.js';
import { dense, type Network, network } from '../network/index.js';
import { permutation, stream } from '../random/index.js';
import type { Features } from './features.js';
import { initialState } from './initialise.js';
import { type Predictions, posteriors } from './posteriors.js';
import type { Recipe } from './recipe.js';
import { learningRateAt } from './schedule.js';

/** The part of a recipe that concerns features, which are not augmented. */
export type LinearRecipe = Pick<Recipe, 'epochs' | 'batchSize' | 'optimizer' | 'schedule' | 'initialisation'>;

/** Softmax regression on features: a network of one dense layer, and how features are scaled for it. */
export interface LinearClassifier {
  readonly network: Network;
  readonly weights: State;
  /** Per feature, of those that it was trained on. */
  readonly mean: Float32Array;
  readonly deviation: Float32Array;
}

export interface LinearTraining {
  readonly classes: number;
  readonly recipe: LinearRecipe;
  readonly seed: number;
}

/**
 * Trains a linear classifier on frozen features, each scaled to mean 0 and deviation 1: deterministic, as any training
 * on the engine. What does not fill a batch is left out of its epoch.
 * @throws UsageError for fewer features than a batch.
 */
export async function trainLinearClassifier(
  engine: Engine,
  features: Features,
  { classes, recipe, seed }: LinearTraining,
): Promise<LinearClassifier> {
  const { batchSize, epochs, optimizer, schedule } = recipe;
  const stepsPerEpoch = Math.floor(features.count / batchSize);
  if (stepsPerEpoch < 1) {
    throw new UsageError(
      `There are features of ${features.count} images, fewer than a batch of ${batchSize}; use smaller batches.`,
    );
  }
  const net = network(
    { name: 'linear classifier', input: [features.width, 1, 1], classes },
    dense('fc', classes),
  );
  const scale = moments(features);
  const trainable = await engine.build(net, { batchSize, optimizer });
  try {
    await trainable.restore(initialState(net, recipe.initialisation, seed));
    for (let step = 0; step < epochs * stepsPerEpoch; step++) {
      const order = permutation(features.count, stream(seed, 'shuffle', Math.floor(step / stepsPerEpoch)));
      const first = (step % stepsPerEpoch) * batchSize;
      const batch = scaledBatch(features, scale, order.subarray(first, first + batchSize));
      const learningRate = learningRateAt(schedule, step, epochs * stepsPerEpoch);
      await trainable.step(batch, { learningRate, randomness: { seed, step } });
    }
    return { network: net, weights: await trainable.state(), ...scale };
  } finally {
    trainable.dispose();
  }
}

/** What a linear classifier says of features. */
export async function linearPredictions(
  engine: Engine,
  { network: net, weights, ...scale }: LinearClassifier,
  features: Features,
): Promise<Predictions> {
  const batchSize = Math.min(100, features.count);
  const evaluator = await engine.evaluator(net, weights, { batchSize });
  const said = posteriors(features.count, net.classes);
  try {
    for (let first = 0; first < features.count; first += batchSize) {
      const count = Math.min(batchSize, features.count - first);
      const places = Uint32Array.from({ length: count }, (_, i) => first + i);
      const logits = await evaluator.logits(scaledBatch(features, scale, places).images, count);
      places.forEach((place, i) => {
        said.add(place, logits.subarray(i * net.classes, (i + 1) * net.classes), 1);
      });
    }
    return said.judge(features.labels, 1);
  } finally {
    evaluator.dispose();
  }
}

type Moments = Pick<LinearClassifier, 'mean' | 'deviation'>;

/** A feature that is the same for all images is left at zero. */
function scaledBatch(
  { width, values, labels }: Features,
  { mean, deviation }: Moments,
  places: Uint32Array,
): Batch {
  const images = new Float32Array(places.length * width);
  places.forEach((place, row) => {
    for (let i = 0; i < width; i++) {
      const spread = deviation[i] as number;
      const centred = (values[place * width + i] as number) - (mean[i] as number);
      images[row * width + i] = spread > 0 ? centred / spread : 0;
    }
  });
  return { images, labels: Int32Array.from(places, place => labels[place] as number), count: places.length };
}

function moments({ count, width, values }: Features): Moments {
  const sums = new Float64Array(width);
  values.forEach((value, i) => {
    sums[i % width] = (sums[i % width] as number) + value;
  });
  const mean = Float32Array.from(sums, sum => sum / count);
  const squares = new Float64Array(width);
  values.forEach((value, i) => {
    squares[i % width] = (squares[i % width] as number) + (value - (mean[i % width] as number)) ** 2;
  });
  return { mean, deviation: Float32Array.from(squares, sum => Math.sqrt(sum / count)) };
}
