import { buildModel } from '@strata/core/models';
import { nodeNamed } from '@strata/core/network';
import { describe, expect, it } from 'vitest';

describe('Network in Network', () => {
  it.each(['nin', 'nin-cnn'])('%s averages one map a class, or weighs all their pixels', name => {
    const average = buildModel({ name, options: { classes: 100 } });
    const [logits] = average.nodes.slice(-1);
    expect(logits?.layer.kind).toBe('globalAveragePool');
    const dense = buildModel({ name, options: { head: 'dense', headDropout: 0.5 } });
    expect(dense.nodes.slice(-3).map(node => node.name)).toEqual(['flatten', 'dropout', 'fc']);
  });

  it('drops maps between stages, but not after the last', () => {
    const kinds = (rate: number): number =>
      buildModel({ name: 'nin', options: { dropout: rate } }).nodes.filter(
        ({ layer }) => layer.kind === 'dropout',
      ).length;
    expect(kinds(0.5)).toBe(2);
    expect(kinds(0)).toBe(0);
  });

  it('halves the map twice', () => {
    const net = buildModel({ name: 'nin', options: {} });
    expect(nodeNamed(net, 'pool1').output).toEqual([96, 16, 16]);
    expect(nodeNamed(net, 'pool2').output).toEqual([192, 8, 8]);
  });
});
