import {
  definitionOf,
  elements,
  inputShapes,
  layerDefinitions,
  network,
  slide,
  squareWindow,
} from '@strata/core/network';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe.each(Object.entries(layerDefinitions))('layer kind %s', (kind, { examples }) => {
  it('has examples, for the engines to be held against', () => {
    expect(examples.length).toBeGreaterThan(0);
  });

  it.each(examples.map(example => [JSON.stringify(example.layer), example] as const))(
    '%s is whole',
    (_, example) => {
      const definition = definitionOf(example.layer);
      expect(definition.kind).toBe(kind);
      const output = definition.output(example.layer, ...example.inputs);
      expect(output.every(size => Number.isInteger(size) && size > 0)).toBe(true);
      for (const parameter of definition.parameters?.(example.layer, ...example.inputs) ?? []) {
        expect(elements(parameter.shape)).toBeGreaterThan(0);
        expect(parameter.fanIn).toBeGreaterThan(0);
      }
      expect(typeof definition.describe(example.layer)).toBe('string');
    },
  );
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
