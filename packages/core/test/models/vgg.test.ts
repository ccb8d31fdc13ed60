import { buildModel } from '@strata/core/models';
import { nodeNamed, receptiveFields } from '@strata/core/network';
import { describe, expect, it } from 'vitest';

/** Table 1 of the paper: weight layers of each configuration. */
const WEIGHT_LAYERS = {
  'vgg-a': 11,
  'vgg-a-lrn': 11,
  'vgg-b': 13,
  'vgg-c': 16,
  'vgg-d': 16,
  'vgg-e': 19,
  'vgg-b-5x5': 8,
};

describe('VGG', () => {
  it.each(Object.entries(WEIGHT_LAYERS))('%s has %i weight layers', (name, layers) => {
    const network = buildModel({ name, options: {} });
    expect(network.nodes.filter(node => node.parameters.length > 0)).toHaveLength(layers);
  });

  it('has in A-LRN one normalisation, after the first convolution', () => {
    const network = buildModel({ name: 'vgg-a-lrn', options: {} });
    const at = network.nodes.findIndex(node => node.layer.kind === 'localResponseNorm');
    expect(network.nodes.slice(0, at + 2).map(node => node.name)).toEqual([
      'conv1_1',
      'relu1_1',
      'lrn1',
      'pool1',
    ]);
    expect(nodeNamed(network, 'lrn1').layer).toMatchObject({ size: 5, k: 2, alpha: 1e-4, beta: 0.75 });
  });

  it('has in C a 1x1 where D has a 3x3', () => {
    for (const name of ['conv3_3', 'conv4_3', 'conv5_3']) {
      const layerOf = (model: string) => nodeNamed(buildModel({ name: model, options: {} }), name).layer;
      expect(layerOf('vgg-c')).toMatchObject({ window: { size: [1, 1], padding: [0, 0, 0, 0] } });
      expect(layerOf('vgg-d')).toMatchObject({ window: { size: [3, 3], padding: [1, 1, 1, 1] } });
    }
  });

  it('sees 5 pixels through two 3x3 layers, as section 2.3 says', () => {
    const fields = receptiveFields(buildModel({ name: 'vgg-b', options: {} }));
    expect(fields.get('conv1_1')).toBe(3);
    expect(fields.get('conv1_2')).toBe(5);
    expect(fields.get('pool1')).toBe(6);
  });

  it('scales filters and hidden units by the width, the latter unless they are given', () => {
    const narrow = buildModel({ name: 'vgg-a', options: { input: [3, 32, 32], classes: 10, width: 1 / 4 } });
    expect(nodeNamed(narrow, 'conv5_2').output).toEqual([128, 2, 2]);
    expect(nodeNamed(narrow, 'fc1').output).toEqual([1024, 1, 1]);
    const given = buildModel({
      name: 'vgg-a',
      options: { input: [3, 32, 32], classes: 10, width: 1 / 4, hidden: 99 },
    });
    expect(nodeNamed(given, 'fc2').output).toEqual([99, 1, 1]);
  });
});
