import { buildModel } from '@strata/core/models';
import { type Network, nodeNamed } from '@strata/core/network';
import { describe, expect, it } from 'vitest';

const kinds = (net: Network, kind: string): readonly string[] =>
  net.nodes.filter(({ layer }) => layer.kind === kind).map(({ name }) => name);

describe('residual nets', () => {
  it('pad with zeros where a CIFAR net grows, and nowhere else', () => {
    const net = buildModel({ name: 'resnet-20', options: {} });
    expect(kinds(net, 'paddedShortcut')).toEqual(['group2.block1.shortcut', 'group3.block1.shortcut']);
    expect(kinds(net, 'add')).toHaveLength(9);
  });

  it('have 13 more projections in ResNet-34 with option C than with B, as section 4.1 says', () => {
    const projections = (shortcut: 'B' | 'C'): number => {
      const net = buildModel({ name: 'resnet-34', options: { shortcut } });
      return kinds(net, 'convolution').filter(name => name.endsWith('.shortcut')).length;
    };
    expect(projections('C') - projections('B')).toBe(13);
  });

  it('are plain without their shortcuts: the same weights by the same names', () => {
    const [plain, residual] = ['plain-20', 'resnet-20'].map(name => buildModel({ name, options: {} }));
    const tensors = (net: Network | undefined): unknown =>
      net?.nodes.flatMap(({ name, parameters }) => parameters.map(({ shape }) => ({ name, shape })));
    expect(tensors(plain)).toEqual(tensors(residual));
  });

  it('halve the map in the first convolution of a bottleneck, or in the 3x3', () => {
    const sizes = (strideOn: 'first' | '3x3'): unknown => {
      const net = buildModel({ name: 'resnet-50', options: { strideOn } });
      return [1, 2, 3].map(i => nodeNamed(net, `group2.block1.conv${i}`).output);
    };
    expect(sizes('first')).toEqual([
      [128, 28, 28],
      [128, 28, 28],
      [512, 28, 28],
    ]);
    expect(sizes('3x3')).toEqual([
      [128, 56, 56],
      [128, 28, 28],
      [512, 28, 28],
    ]);
  });

  it('add before the last ReLU, or, with pre-activation, add and nothing more', () => {
    const original = buildModel({ name: 'resnet-20', options: {} });
    expect(nodeNamed(original, 'group1.block2.conv1').inputs).toEqual(['group1.block1.relu2']);
    const before = buildModel({ name: 'preact-resnet-164', options: {} });
    expect(nodeNamed(before, 'group1.block2.bn1').inputs).toEqual(['group1.block1.add']);
  });
});
