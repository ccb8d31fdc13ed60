import { describe, expect, it } from 'vitest';
import { buildModel, modelNames } from '../../src/models/index.js';
import { atInput, parameterCount } from '../../src/network/index.js';

describe.each(modelNames)('%s over larger images', name => {
  const net = buildModel({ name, options: { input: [3, 32, 32], classes: 10, width: 1 / 16 } });
  const large = atInput(net, [3, 96, 64]);

  it('keeps its classes, layer names and parameters', () => {
    expect(large.nodes.at(-1)?.output).toEqual([10, 1, 1]);
    expect(parameterCount(large)).toBe(parameterCount(net));
    const names = new Set(large.nodes.map(node => node.name));
    for (const node of net.nodes) if (node.parameters.length > 0) expect(names).toContain(node.name);
  });

  it('refuses images of other channels', () => {
    expect(() => atInput(net, [1, 32, 32])).toThrow(`Network ${name} takes images of 3 channels, not 1`);
  });

  it('is itself at its own size', () => {
    expect(atInput(net, net.input)).toBe(net);
  });
});
