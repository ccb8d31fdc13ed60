import { ALEXNET_BIAS_ONE, buildModel } from '@strata/core/models';
import { type Network, nodeNamed } from '@strata/core/network';
import { describe, expect, it } from 'vitest';

const names = (net: Network): readonly string[] => net.nodes.map(({ name }) => name);

describe('AlexNet', () => {
  const net = buildModel({ name: 'alexnet', options: {} });

  it('normalises and pools after the ReLUs of conv1 and conv2, and pools after conv5', () => {
    const stem = ['conv1', 'act1', 'lrn1', 'pool1', 'conv2', 'act2', 'lrn2', 'pool2', 'conv3'];
    expect(names(net).slice(0, stem.length)).toEqual(stem);
    expect(nodeNamed(net, 'pool5').output).toEqual([256, 6, 6]);
  });

  it('has maps of the same size when pooling windows do not overlap', () => {
    const separate = buildModel({ name: 'alexnet', options: { pooling: 'separate' } });
    for (const name of ['pool1', 'pool2', 'pool5']) {
      expect(nodeNamed(separate, name).output).toEqual(nodeNamed(net, name).output);
    }
  });

  it.each(['conv2', 'conv3', 'conv4', 'conv5', 'fc6', 'fc7'])('is built without %s', without => {
    const shorter = buildModel({ name: 'alexnet', options: { without } });
    const left = names(net).filter(name => !names(shorter).includes(name));
    const number = without.slice(-1);
    expect(left).toEqual([
      without,
      `act${number}`,
      ...(without.startsWith('fc') ? [`dropout${number}`] : []),
    ]);
  });

  it('is built without normalisation, in both nets', () => {
    for (const name of ['alexnet', 'alexnet-cifar']) {
      const plain = buildModel({ name, options: { lrn: false } });
      expect(plain.nodes.some(({ layer }) => layer.kind === 'localResponseNorm')).toBe(false);
    }
  });

  it('names layers for biases of one that it has', () => {
    for (const name of ALEXNET_BIAS_ONE) expect(nodeNamed(net, name).parameters).toHaveLength(2);
  });
});
