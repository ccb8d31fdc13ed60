import { describe, expect, it } from 'vitest';
import { buildModel, modelFamilies } from '../../src/models/index.js';
import { atInput, mainNodes, parameterCount } from '../../src/network/index.js';

const models = Object.values(modelFamilies).flatMap(({ names, small }) =>
  names.map(name => ({ name, options: small(name) })),
);

describe.each(models)('$name over larger images', ({ name, options }) => {
  const net = buildModel({ name, options });
  const [channels, height, width] = net.input;
  const large = atInput(net, [channels, 3 * height, 2 * width]);

  it('keeps its classes, layer names and parameters', () => {
    expect(large.nodes.at(-1)?.output).toEqual([10, 1, 1]);
    expect(parameterCount(large)).toBe(parameterCount(net));
    const names = new Set(large.nodes.map(node => node.name));
    for (const node of mainNodes(net)) if (node.parameters.length > 0) expect(names).toContain(node.name);
  });

  it('refuses images of other channels', () => {
    const other = channels + 1;
    expect(() => atInput(net, [other, height, width])).toThrow(
      `Network ${name} takes images of ${channels} channels, not ${other}`,
    );
  });

  it('is itself at its own size', () => {
    expect(atInput(net, net.input).nodes).toEqual(mainNodes(net));
  });
});
