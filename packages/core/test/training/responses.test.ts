import { describe, expect, it } from 'vitest';
import type { TestImages } from '../../src/data/index.js';
import { loadEngine, type Optimizer, type State } from '../../src/engine/index.js';
import { buildModel } from '../../src/models/index.js';
import { normalArray, streamKey } from '../../src/random/index.js';
import { initialState, layerResponses, respondingLayers, WHOLE_IMAGE } from '../../src/training/index.js';

const input = [3, 16, 16] as const;
const resnet = (shortcut: 'A' | 'B') =>
  buildModel({ name: 'resnet-20', options: { input, classes: 10, width: 1 / 4, shortcut } });

describe('the layers whose responses are compared', () => {
  it('are the 19 convolutions of three pixels of a net of 20 layers, projections left out', () => {
    expect(respondingLayers(resnet('A'))).toHaveLength(19);
    expect(respondingLayers(resnet('B'))).toEqual(respondingLayers(resnet('A')));
    expect(
      respondingLayers(buildModel({ name: 'plain-20', options: { input, classes: 10, width: 1 / 4 } })),
    ).toHaveLength(19);
  });

  it('are none where no batch norm follows a convolution', () => {
    const vgg = buildModel({ name: 'vgg-a', options: { input: [3, 32, 32], classes: 10, width: 1 / 16 } });
    expect(respondingLayers(vgg)).toEqual([]);
  });
});

const optimizer: Optimizer = {
  kind: 'sgd',
  form: 'scaled-update',
  momentum: 0.9,
  nesterov: false,
  weightDecay: 0,
  decayOn: 'all',
};

describe('responses of a net', () => {
  const network = resnet('A');
  const size = { height: 16, width: 16 };
  const images: TestImages = {
    count: 24,
    labels: Uint16Array.from({ length: 24 }, (_, i) => i % 10),
    sizeOf: async () => size,
    input: async i => normalArray(3 * 16 * 16, streamKey(i, 'init', 'responses'), 1),
  };

  async function responsesOf(state: State) {
    const engine = await loadEngine('onnx');
    return layerResponses({ network, images }, WHOLE_IMAGE, async batchSize => {
      expect(batchSize).toBe(24);
      const trainable = await engine.build(network, { batchSize, optimizer });
      await trainable.restore(state);
      return trainable;
    });
  }

  it('have the deviation that batch norm gives its outputs: the size of its scales', async () => {
    const layers = respondingLayers(network);
    const state = new Map(initialState(network, { kind: 'msra', bias: 0 }, 3));
    for (const layer of layers) {
      const name = `${layer}.weight`;
      const { shape, data } = state.get(name) ?? { shape: [], data: new Float32Array() };
      state.set(name, { shape, data: data.map(() => 0.5) });
    }
    const found = await responsesOf(state);
    expect(found.map(({ layer }) => layer)).toEqual(layers);
    for (const { deviation, gradientNorm } of found) {
      expect(Math.abs(deviation - 0.5)).toBeLessThan(0.01);
      expect(gradientNorm).toBeGreaterThan(0);
    }
  });
});
