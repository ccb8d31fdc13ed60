import { buildModel } from '@strata/core/models';
import { nodeNamed, receptiveFields } from '@strata/core/network';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('LeNet', () => {
  it('sees in C3 of the original as many maps as table I has', () => {
    const { layer } = nodeNamed(buildModel({ name: 'lenet-5-original', options: {} }), 'c3');
    const connections = layer.kind === 'partialConvolution' ? layer.connections : [];
    expect(connections.map(seen => seen.length)).toEqual([3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 6]);
    const seenBy = (map: number): number => connections.filter(seen => seen.includes(map)).length;
    expect([0, 1, 2, 3, 4, 5].map(seenBy)).toEqual([10, 10, 10, 10, 10, 10]);
  });

  it('has at any width a table in which each filter sees something, and each map is seen', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 4, noNaN: true }), width => {
        const net = buildModel({ name: 'lenet-5-original', options: { width } });
        const { layer } = nodeNamed(net, 'c3');
        const [maps] = nodeNamed(net, 's2.scale').output;
        const connections = layer.kind === 'partialConvolution' ? layer.connections : [];
        expect(connections.every(seen => seen.length > 0)).toBe(true);
        expect(new Set(connections.flat()).size).toBe(maps);
      }),
    );
  });

  it('stands digits of 28 pixels in a field of 32', () => {
    const net = buildModel({ name: 'lenet-5', options: { input: [1, 28, 28] } });
    expect(nodeNamed(net, 'c1').output).toEqual([6, 28, 28]);
    expect(nodeNamed(net, 'c5').output).toEqual([120, 1, 1]);
  });

  it('sees the whole field in C5', () => {
    expect(receptiveFields(buildModel({ name: 'lenet-5', options: {} })).get('c5')).toBe(32);
  });

  it('has the activation that is asked for', () => {
    const kinds = (activation: 'relu' | 'tanh' | 'scaled-tanh'): unknown =>
      nodeNamed(buildModel({ name: 'mlp-300', options: { activation } }), 'act1').layer;
    expect(kinds('relu')).toEqual({ kind: 'relu' });
    expect(kinds('scaled-tanh')).toMatchObject({ kind: 'scaledTanh', amplitude: 1.7159 });
  });
});
