import { describe, expect, it } from 'vitest';
import { type Engine, loadEngine, type State } from '../../src/engine/index.js';
import { buildModel, modelFamilies } from '../../src/models/index.js';
import type { Network } from '../../src/network/index.js';
import { initialState, narrowModels, randomBatch } from './small-networks.js';

/**
 * Of the largest logit. Measured: below 4e-6 at up to 156 layers, and not growing with depth, since running statistics do not
 * follow what was rounded before them.
 */
const TOLERANCE = 2e-5;
/** Without shortcuts signals fade through untrained batch norms; at this gain they arrive. */
const PLAIN_GAIN = 1.25;
const IMAGES = 2;

const nets = [
  // A thousand layers have a test of their own.
  ...narrowModels.filter(({ nodes }) => nodes.length < 1000),
  ...['wrn-34-1.5', 'wrn-34-2'].map(name =>
    buildModel({ name, options: modelFamilies.wideResNet.small(name) }),
  ),
].map(net => ({ name: net.name, net }));

function stateOf(net: Network): State {
  const state = initialState(net, 7);
  if (!net.name.startsWith('plain')) return state;
  const scales = net.nodes.flatMap(({ name, parameters }) =>
    parameters.filter(({ role }) => role === 'scale').map(parameter => `${name}.${parameter.name}`),
  );
  return new Map(
    [...state].map(([name, tensor]) =>
      scales.includes(name)
        ? [name, { ...tensor, data: tensor.data.map(value => value * PLAIN_GAIN) }]
        : [name, tensor],
    ),
  );
}

async function logitsOf(engine: Engine, net: Network, images: Float32Array): Promise<Float32Array> {
  const evaluator = await engine.evaluator(net, stateOf(net), { batchSize: IMAGES });
  const logits = (await evaluator.logits(images, IMAGES)).slice();
  evaluator.dispose();
  return logits;
}

describe('onnx gives the same logits as wasm, by running statistics', () => {
  it.each(nets)('of $name', async ({ net }) => {
    const { images } = randomBatch(net, IMAGES, 8);
    const reference = await logitsOf(await loadEngine('wasm'), net, images);
    const largest = Math.max(...reference.map(Math.abs));
    const apart = reference
      .slice(0, net.classes)
      .map((value, i) => Math.abs(value - (reference[net.classes + i] ?? value)));
    expect(Math.max(...apart), 'logits that tell the images apart').toBeGreaterThan(
      100 * TOLERANCE * largest,
    );
    const logits = await logitsOf(await loadEngine('onnx'), net, images);
    const deviation = Math.max(...logits.map((value, i) => Math.abs(value - (reference[i] ?? Number.NaN))));
    expect(deviation).toBeLessThan(TOLERANCE * largest);
  });
});
