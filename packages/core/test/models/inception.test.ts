import { buildModel } from '@strata/core/models';
import { mainNodes, nodeNamed } from '@strata/core/network';
import { describe, expect, it } from 'vitest';

/** Table 1: output of each module. */
const OUTPUTS = {
  '3a': [256, 28, 28],
  '3b': [480, 28, 28],
  '4a': [512, 14, 14],
  '4b': [512, 14, 14],
  '4c': [512, 14, 14],
  '4d': [528, 14, 14],
  '4e': [832, 14, 14],
  '5a': [832, 7, 7],
  '5b': [1024, 7, 7],
} as const;

describe('Inception v1', () => {
  const net = buildModel({ name: 'inception-v1', options: {} });

  it.each(Object.entries(OUTPUTS))('puts out of %s what table 1 says', (module, output) => {
    expect(nodeNamed(net, `inception${module}.concat`).output).toEqual(output);
  });

  it('has 22 layers with parameters on its longest path, as section 5 counts', () => {
    const depth = new Map([['image', 0]]);
    for (const node of mainNodes(net)) {
      const before = Math.max(...node.inputs.map(name => depth.get(name) ?? 0));
      depth.set(node.name, before + (node.parameters.length > 0 ? 1 : 0));
    }
    expect(depth.get('fc')).toBe(22);
  });

  it('has heads on maps of 4x4 after 4a and 4d, in training', () => {
    expect(net.auxiliary).toEqual([
      { logits: 'head1.fc2', weight: 0.3 },
      { logits: 'head2.fc2', weight: 0.3 },
    ]);
    expect(nodeNamed(net, 'head1.pool').output).toEqual([512, 4, 4]);
    expect(nodeNamed(net, 'head2.pool').output).toEqual([528, 4, 4]);
    expect(buildModel({ name: 'inception-v1', options: { heads: false } }).auxiliary).toBeUndefined();
  });

  it('passes pooled maps on whole without reductions, so that maps add up', () => {
    const naive = buildModel({ name: 'inception-v1', options: { reductions: false } });
    expect(nodeNamed(naive, 'inception3a.concat').output[0]).toBe(64 + 128 + 32 + 192);
    expect(naive.nodes.some(({ name }) => name.includes('reduce3x3'))).toBe(false);
  });
});
