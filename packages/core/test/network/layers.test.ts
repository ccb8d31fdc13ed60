import {
  definitionOf,
  elements,
  inputShapes,
  type Layer,
  layerDefinitions,
  type NetworkNode,
  network,
  type Place,
  type Shape,
  slide,
  squareWindow,
} from '@strata/core/network';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

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
      const weight = node.parameters.find(
        ({ role }) => role === 'weight' || (role === 'scale' && layer.kind === 'channelScale'),
      );
      const uses = layer.kind === 'dense' ? 1 : elements(node.output.slice(1));
      expect(node.multiplyAdds).toBe(weight ? elements(weight.shape) * uses : 0);
    }
  });
});

describe('shapes', () => {
  it('slide counts the positions that a window really takes', () => {
    const sizes = fc.record({
      size: fc.integer({ min: 1, max: 5 }),
      stride: fc.integer({ min: 1, max: 4 }),
      padding: fc.integer({ min: 0, max: 2 }),
      map: fc.integer({ min: 5, max: 20 }),
    });
    fc.assert(
      fc.property(sizes, ({ size, stride, padding, map }) => {
        let positions = 0;
        for (let at = -padding; at + size <= map + padding; at += stride) positions++;
        expect(slide(squareWindow(size, { stride, padding }), [1, map, map])).toEqual([positions, positions]);
      }),
    );
  });

  it('names the layer that does not fit', () => {
    const build = () =>
      network({ name: 'broken', input: [3, 4, 4], classes: 2 }, from =>
        from.add('fc', { kind: 'dense', units: 2, bias: true }, [from]),
      );
    expect(build).toThrow(
      'Network broken, layer "fc": A dense layer needs a vector, not 3x4x4; put flatten() before it.',
    );
  });

  it('refuses two layers of one name and a wrong number of logits', () => {
    const relus = () =>
      network({ name: 'twice', input: [1, 1, 1], classes: 1 }, from => {
        const first = from.add('relu', { kind: 'relu' }, [from]);
        return first.add('relu', { kind: 'relu' }, [first]);
      });
    expect(relus).toThrow(/two layers are named "relu"/);
    const tooFew = () =>
      network({ name: 'few', input: [3, 1, 1], classes: 10 }, from =>
        from.add('relu', { kind: 'relu' }, [from]),
      );
    expect(tooFew).toThrow(/ends in 3x1x1 at "relu"; expected 10 logits/);
  });

  it('knows what a node reads', () => {
    const net = network({ name: 'two', input: [2, 3, 3], classes: 18 }, from => {
      const flat = from.add('flatten', { kind: 'flatten' }, [from]);
      return flat.add('relu', { kind: 'relu' }, [flat]);
    });
    expect(net.nodes.map(node => inputShapes(net, node))).toEqual([[[2, 3, 3]], [[18, 1, 1]]]);
  });
});
