import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/errors/index.js';
import { buildModel } from '../../src/models/index.js';
import { elements, multiplyAdds, type Network, parameterCount } from '../../src/network/index.js';

interface Counts {
  readonly params: number;
  readonly weights: number;
  readonly biases: number;
  readonly bn: number;
  readonly macs: number;
}

const file = new URL('../fixtures/counts.json', import.meta.url);
const golden: Record<string, Record<'cifar10' | 'cifar100', Counts>> = JSON.parse(
  readFileSync(file, 'utf8'),
).wrn;
const cases = Object.entries(golden).flatMap(([name, { cifar10, cifar100 }]) => [
  { name, classes: 10, counts: cifar10 },
  { name, classes: 100, counts: cifar100 },
]);

function count(net: Network, has: (node: Network['nodes'][number], role: string) => boolean): number {
  const parameters = net.nodes.flatMap(node => node.parameters.filter(({ role }) => has(node, role)));
  return parameters.reduce((sum, { shape }) => sum + elements(shape), 0);
}

describe('wide ResNet', () => {
  it.each(cases)('$name, $classes classes: the published counts', ({ name, classes, counts }) => {
    const net = buildModel({ name: name.toLowerCase(), options: { classes } });
    expect({
      params: parameterCount(net),
      weights: count(net, (_, role) => role === 'weight'),
      biases: count(net, (node, role) => role === 'bias' && node.layer.kind !== 'batchNorm'),
      bn: count(net, node => node.layer.kind === 'batchNorm'),
      macs: multiplyAdds(net),
    }).toEqual({
      params: counts.params,
      weights: counts.weights,
      biases: counts.biases,
      bn: counts.bn,
      macs: counts.macs,
    });
  });

  it('puts dropout between the convolutions of a block', () => {
    const net = buildModel({ name: 'wrn-16-1', options: { dropout: 0.3 } });
    const node = net.nodes.find(({ name }) => name === 'group1.block1.conv2');
    expect(node?.inputs).toEqual(['group1.block1.dropout']);
  });

  it.each(['wrn-15-2', 'wrn-4-1', 'wrn-16-0'])('refuses %s', name => {
    expect(() => buildModel({ name, options: {} })).toThrow(UsageError);
  });
});
