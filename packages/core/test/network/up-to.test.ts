import { describe, expect, it } from 'vitest';
import { elements, formatShape, upTo } from '../../src/network/index.js';
import { withHeads } from '../engine/auxiliary-networks.js';
import { narrowModel, narrowModels } from '../engine/small-networks.js';

describe.each(narrowModels)('$name up to a layer', net => {
  it('holds what leads to it and ends in its output', () => {
    const named = new Map(net.nodes.map(node => [node.name, node]));
    const every = Math.ceil(net.nodes.length / 20);
    for (const { name, output } of net.nodes.filter((_, place) => place % every === 0)) {
      const part = upTo(net, name);
      expect(part.classes, `${name} ${formatShape(output)}`).toBe(elements(output));
      const added = part.nodes.filter(node => !named.has(node.name));
      expect(added.map(node => node.name)).toEqual(part.classes === output[0] ? [] : ['features']);
      for (const node of part.nodes) if (!added.includes(node)) expect(node).toEqual(named.get(node.name));
    }
  });
});

describe('a truncated network', () => {
  it('has no auxiliary heads, but may end in one', () => {
    expect(upTo(withHeads, 'conv3').auxiliary).toBeUndefined();
    expect(upTo(withHeads, 'early').nodes.map(({ name }) => name)).toContain('early.hidden');
    expect(upTo(withHeads, 'conv3').nodes.map(({ name }) => name)).not.toContain('early.hidden');
  });

  it('needs a layer that is there', () => {
    expect(() => upTo(narrowModel('vgg-a'), 'conv9')).toThrow('Network vgg-a has no layer "conv9"');
  });
});
