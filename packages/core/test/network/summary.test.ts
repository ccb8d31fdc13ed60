import { buildModel } from '@strata/core/models';
import { formatSummary, summarise, trainingBytes } from '@strata/core/network';
import { describe, expect, it } from 'vitest';

const network = buildModel({ name: 'vgg-d', options: {} });

describe('summary', () => {
  it('lists every layer with its output and ends in the totals', () => {
    const lines = formatSummary(summarise(network)).split('\n');
    expect(lines[0]).toBe('vgg-d: input 3x224x224, 1000 classes');
    expect(lines.find(line => line.startsWith('conv3_2'))).toMatch(
      /3x3, pad 1, 256 +256x56x56 +32 +590,080 +1,849,688,064$/,
    );
    expect(lines.at(-1)).toMatch(/^total +138,357,544 +15,470,264,320$/);
    expect(lines).toHaveLength(network.nodes.length + 6);
  });

  it('holds weights, gradients, momentum and all activations twice', () => {
    const bytes = (batch: number) => trainingBytes(network, batch);
    expect(bytes(1) - (bytes(2) - bytes(1))).toBe(4 * 3 * 138_357_544);
  });
});
