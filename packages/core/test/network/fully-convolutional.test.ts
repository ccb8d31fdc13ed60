import { describe, expect, it } from 'vitest';
import { buildModel } from '../../src/models/index.js';
import {
  type Block,
  batchNorm,
  conv,
  dense,
  flatten,
  fullyConvolutional,
  mainPath,
  network,
  nodeNamed,
  parameterCount,
  relu,
  sequence,
} from '../../src/network/index.js';
import { narrowModels } from '../engine/small-networks.js';

describe.each(narrowModels.map(net => [net.name, mainPath(net)] as const))('%s', (_, net) => {
  it('keeps parameters by name, element by element, without a dense layer', () => {
    const converted = fullyConvolutional(net);
    expect(converted.nodes.filter(({ layer }) => layer.kind === 'dense')).toEqual([]);
    expect(parameterCount(converted)).toBe(parameterCount(net));
    for (const node of net.nodes.filter(({ parameters }) => parameters.length > 0)) {
      const counts = (parameters: typeof node.parameters) =>
        parameters.map(({ name, shape }) => [name, shape[0], shape.reduce((a, b) => a * b, 1)]);
      expect(counts(nodeNamed(converted, node.name).parameters)).toEqual(counts(node.parameters));
    }
  });
});

describe('VGG', () => {
  it('has 7x7, 1x1 and 1x1 convolutions for its fully connected layers, and 7x7 places at 416 pixels', () => {
    const net = buildModel({ name: 'vgg-d', options: {} });
    const large = fullyConvolutional(net, [3, 416, 416]);
    const sizes = ['fc1', 'fc2', 'fc3'].map(name => {
      const { layer } = nodeNamed(large, name);
      return layer.kind === 'convolution' && layer.window.size;
    });
    expect(sizes).toEqual([
      [7, 7],
      [1, 1],
      [1, 1],
    ]);
    expect(nodeNamed(large, 'fc3').output).toEqual([1000, 7, 7]);
  });
});

describe('a flattened map', () => {
  const of = (between: Block) =>
    network(
      { name: 'net', input: [1, 4, 4], classes: 2 },
      sequence(conv('conv', 2, 3), flatten('flatten'), between),
    );

  it('passes through elementwise layers to its dense layer', () => {
    const net = of(sequence(relu('relu'), dense('fc', 2)));
    expect(nodeNamed(fullyConvolutional(net, [1, 6, 5]), 'fc').output).toEqual([2, 3, 2]);
  });

  it('cannot become places where a layer has something for each of its values', () => {
    const net = of(sequence(batchNorm('bn'), dense('fc', 2)));
    expect(() => fullyConvolutional(net, [1, 6, 6])).toThrow(
      /layer "bn": a batchNorm of a flattened map has no form for images of another size/,
    );
  });
});
