import { loadEngine } from '@strata/core/engine';
import { elements, type Shape, upTo } from '@strata/core/network';
import {
  decodeFeatures,
  encodeFeatures,
  encodeSafetensors,
  type Features,
  featuresOf,
  type LinearRecipe,
  linearPredictions,
  trainLinearClassifier,
} from '@strata/core/training';
import { describe, expect, it } from 'vitest';
import { normalArray, streamKey } from '../../src/random/index.js';
import { relativeDifference } from '../engine/closeness.js';
import {
  initialState as anyState,
  embeddedEngines,
  narrowModel,
  randomBatch,
} from '../engine/small-networks.js';

const recipe: LinearRecipe = {
  epochs: 20,
  batchSize: 10,
  optimizer: {
    kind: 'sgd',
    form: 'scaled-velocity',
    momentum: 0.9,
    nesterov: false,
    weightDecay: 1e-4,
    decayOn: 'weights',
  },
  schedule: { kind: 'steps', initial: 0.1, dropAt: [0.5], factor: 0.1, warmUpSteps: 0 },
  initialisation: { kind: 'gaussian', deviation: 0.01, width: 1, bias: 0 },
};

/** Three clouds on a line, far off zero and of very different extents, and a feature that says nothing. */
function clouds(count: number, salt: string): Features {
  const noise = normalArray(count * 2, streamKey(1, 'subset', salt), 1);
  const labels = Int32Array.from({ length: count }, (_, i) => i % 3);
  const values = new Float32Array(count * 3);
  labels.forEach((label, i) => {
    values.set([500 + 100 * label + 20 * (noise[2 * i] ?? 0), 1e-3 * (noise[2 * i + 1] ?? 0), 7], 3 * i);
  });
  return { count, width: 3, values, labels };
}

describe.each(embeddedEngines)('a linear classifier on %s', name => {
  it('tells apart what a line separates', async () => {
    const engine = await loadEngine(name);
    const [train, test] = [clouds(95, 'train'), clouds(60, 'test')];
    const classifier = await trainLinearClassifier(engine, train, { classes: 3, recipe, seed: 1 });
    const { top1Error, count, predicted } = await linearPredictions(engine, classifier, test);
    expect(count).toBe(60);
    expect(top1Error).toBeLessThan(10);
    expect(new Set(predicted)).toEqual(new Set([0, 1, 2]));
    const again = await trainLinearClassifier(engine, train, { classes: 3, recipe, seed: 1 });
    expect(again.weights).toEqual(classifier.weights);
  });

  it('needs a batch of features', async () => {
    const training = trainLinearClassifier(await loadEngine(name), clouds(9, 'few'), {
      classes: 3,
      recipe,
      seed: 1,
    });
    await expect(training).rejects.toThrow('features of 9 images, fewer than a batch of 10');
  });
});

describe('features', () => {
  const net = narrowModel('vgg-a');
  const weights = anyState(net, 1);
  const batch = randomBatch(net, 4, 2);
  const order = [0, 1, 2, 3, 0, 1];
  const size = elements(net.input);
  const [, height, width] = net.input;
  const at = async (engineName: string, layer: string): Promise<Features> => {
    const engine = await loadEngine(engineName);
    const network = upTo(net, layer);
    const images = {
      count: order.length,
      labels: Uint16Array.from(order, i => batch.labels[i] ?? 0),
      sizeOf: async () => ({ height, width }),
      input: async (i: number) => batch.images.subarray((order[i] ?? 0) * size, ((order[i] ?? 0) + 1) * size),
    };
    const evaluatorAt = (inputShape: Shape, batchSize: number) =>
      engine.evaluator(network, weights, { inputShape, batchSize });
    return featuresOf({ network, images, evaluatorAt }, { kind: 'whole-image' });
  };

  it.each(['conv2_1', 'pool3', 'fc1', 'fc3'])(
    'of %s are the same on every engine, image by image',
    async layer => {
      const reference = await at('cpu', layer);
      expect(reference.count).toBe(6);
      expect([...reference.labels]).toEqual([...batch.labels, ...batch.labels.slice(0, 2)]);
      expect(reference.width).toBe(elements(net.nodes.find(node => node.name === layer)?.output ?? []));
      const half = reference.values.subarray(0, 2 * reference.width);
      expect(relativeDifference(reference.values.subarray(4 * reference.width), half)).toBeLessThan(1e-6);
      for (const other of embeddedEngines) {
        expect(relativeDifference((await at(other, layer)).values, reference.values), other).toBeLessThan(
          1e-5,
        );
      }
    },
  );

  it('of the last layer are the logits', async () => {
    const evaluator = await (await loadEngine('cpu')).evaluator(net, weights, { batchSize: 4 });
    const logits = await evaluator.logits(batch.images, 4);
    evaluator.dispose();
    expect((await at('cpu', 'fc3')).values.subarray(0, 4 * net.classes)).toEqual(logits);
  });

  it('come back from a file, which is refused when it holds something else', () => {
    const features = clouds(12, 'file');
    expect(decodeFeatures(encodeFeatures(features, { layer: 'x' }), 'file')).toEqual(features);
    const other = encodeSafetensors(new Map([['features', { shape: [2, 3], data: new Float32Array(6) }]]));
    expect(() => decodeFeatures(other, 'f.st')).toThrow('f.st holds no features');
  });
});
