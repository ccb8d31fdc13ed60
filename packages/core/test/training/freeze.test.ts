import { buildModel } from '@strata/core/models';
import { frozenLayers } from '@strata/core/training';
import { describe, expect, it } from 'vitest';
import { narrowModels } from '../engine/small-networks.js';

const vgg = buildModel({ name: 'vgg-a', options: { input: [3, 32, 32], width: 1 / 16 } });
const wide = buildModel({ name: 'wrn-16-1', options: {} });

describe('frozen layers', () => {
  it('are none unless a recipe says so', () => {
    expect(frozenLayers(vgg, undefined)).toEqual([]);
  });

  it('may be the first, with what follows them up to the next', () => {
    expect(frozenLayers(vgg, { kind: 'first', layers: 2 })).toEqual(
      ['conv1_1', 'relu1_1', 'pool1'].concat(['conv2_1', 'relu2_1', 'pool2']),
    );
  });

  it.each(narrowModels)('may be all but the last of $name, which is the classifier', net => {
    const weighted = net.nodes.filter(({ multiplyAdds }) => multiplyAdds > 0).length;
    const frozen = frozenLayers(net, { kind: 'first', layers: weighted - 1 });
    expect(frozen).toHaveLength(net.nodes.findLastIndex(({ multiplyAdds }) => multiplyAdds > 0));
  });

  it('may be named one by one or by stage', () => {
    const frozen = frozenLayers(wide, { kind: 'named', layers: ['group1', 'conv1'] });
    expect(frozen[0]).toBe('conv1');
    expect(frozen).toContain('group1.block2.bn1');
    expect(frozen.every(name => name === 'conv1' || name.startsWith('group1.'))).toBe(true);
  });

  it.each([
    [
      { kind: 'first', layers: 11 },
      'the first 11 of the 11 convolutions and dense layers of vgg-a; expected 1 to 10',
    ],
    [{ kind: 'first', layers: 0 }, 'expected 1 to 10'],
    [{ kind: 'first', layers: 1.5 }, 'expected 1 to 10'],
    [{ kind: 'named', layers: ['conv1_1', 'conv'] }, 'vgg-a has no layer or stage "conv"'],
  ] as const)('are refused as %j', (freeze, message) => {
    expect(() => frozenLayers(vgg, freeze)).toThrow(message);
  });
});
