import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/errors/index.js';
import { buildModel } from '../../src/models/index.js';
import { nodeNamed } from '../../src/network/index.js';

describe('wide ResNet', () => {
  it('puts dropout between the convolutions of a block', () => {
    const net = buildModel({ name: 'wrn-16-1', options: { dropout: 0.3 } });
    expect(nodeNamed(net, 'group1.block1.conv2').inputs).toEqual(['group1.block1.dropout']);
  });

  it('has as many convolutions in a block as its type lists, the first with the stride', () => {
    const net = buildModel({ name: 'wrn-16-2', options: { block: 'B(1,3,1)', dropout: 0.3 } });
    const window = (name: string): unknown => {
      const { layer } = nodeNamed(net, name);
      return layer.kind === 'convolution' && [layer.window.size[0], layer.window.stride[0]];
    };
    const block = 'group2.block1';
    expect([1, 2, 3].map(i => window(`${block}.conv${i}`))).toEqual([
      [1, 2],
      [3, 1],
      [1, 1],
    ]);
    expect(nodeNamed(net, `${block}.conv3`).inputs).toEqual([`${block}.dropout2`]);
  });

  it.each(['wrn-15-2', 'wrn-4-1', 'wrn-16-0', 'wrn-16-2-bottleneck'])('refuses %s', name => {
    expect(() => buildModel({ name, options: {} })).toThrow(UsageError);
  });
});
