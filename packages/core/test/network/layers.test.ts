import { describe, expect, it } from 'vitest';
import {
  definitionOf,
  elements,
  type Layer,
  layerDefinitions,
  type NetworkNode,
  network,
  type Place,
  type Shape,
} from '../../src/network/index.js';

/** A network of one layer over cuts of its input, closed by a dense layer. */
function nodeOf(layer: Layer, inputs: readonly Shape[]): NetworkNode {
  const [, height, width] = inputs[0] ?? [1, 1, 1];
  const channels = inputs.reduce((sum, [n]) => sum + n, 0);
  const net = network({ name: 'example', input: [channels, height, width], classes: 2 }, image => {
    const cut = (shape: Shape, i: number): Place =>
      image.add(
        `input${i}`,
        {
          kind: 'convolution',
          filters: shape[0],
          window: { size: [1, 1], stride: [1, 1], padding: [0, 0, 0, 0] },
          groups: 1,
          bias: false,
        },
        [image],
      );
    const end = image.add('layer', layer, inputs.map(cut));
    const flat = end.add('flatten', { kind: 'flatten' }, [end]);
    return flat.add('fc', { kind: 'dense', units: 2, bias: true }, [flat]);
  });
  return net.nodes.find(node => node.name === 'layer') as NetworkNode;
}

describe.each(Object.values(layerDefinitions))('layer kind $kind', definition => {
  it('goes by the name it is registered under', () => {
    expect(layerDefinitions[definition.kind]).toBe(definition);
  });

  it('has examples, which networks take', () => {
    expect(definition.examples.length).toBeGreaterThan(0);
    for (const { layer, inputs } of definition.examples) {
      const node = nodeOf(layer, inputs);
      expect(node.output.every(size => Number.isInteger(size) && size > 0)).toBe(true);
      expect(node.output).toEqual(definitionOf(layer).output(layer, ...inputs));
    }
  });

  it('names its tensors once each', () => {
    for (const { layer, inputs } of definition.examples) {
      const node = nodeOf(layer, inputs);
      const names = [...node.parameters, ...node.statistics].map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('counts as many multiply-adds as its weights are used', () => {
    for (const { layer, inputs } of definition.examples) {
      const node = nodeOf(layer, inputs);
      const weight = node.parameters.find(({ role }) => role === 'weight');
      const uses = layer.kind === 'convolution' ? elements(node.output.slice(1)) : 1;
      expect(node.multiplyAdds).toBe(weight ? elements(weight.shape) * uses : 0);
    }
  });
});
