import { readFileSync } from 'node:fs';
import { buildModel, modelFamilies, modelNames, modelSource } from '@strata/core/models';
import { multiplyAdds, nodeParameterCount, parameterCount, summarise } from '@strata/core/network';
import { describe, expect, it } from 'vitest';

interface Counts {
  readonly params: number;
  readonly macs: number;
  readonly conv_params: number;
  readonly fc_params: number;
  readonly layers?: readonly { readonly weights: number; readonly biases: number; readonly macs: number }[];
}

const golden = JSON.parse(readFileSync(new URL('../fixtures/counts.json', import.meta.url), 'utf8')) as {
  vgg: Record<string, Counts>;
};

describe('VGG counts at 224 pixels', () => {
  it.each(modelFamilies.vgg.names)('%s equals the golden file', name => {
    const counts = golden.vgg[name.replace('vgg-', '').toUpperCase()];
    if (!counts) throw new Error(`counts.json lacks ${name}`);
    const network = buildModel({ name, options: {} });
    expect(parameterCount(network)).toBe(counts.params);
    expect(multiplyAdds(network)).toBe(counts.macs);
    const dense = network.nodes.filter(node => node.layer.kind === 'dense');
    expect(dense.reduce((sum, node) => sum + nodeParameterCount(node), 0)).toBe(counts.fc_params);
    const weighted = network.nodes.filter(node => node.parameters.length > 0);
    expect(weighted.map(node => [nodeParameterCount(node), node.multiplyAdds])).toEqual(
      counts.layers?.map(({ weights, biases, macs }) => [weights + biases, macs]) ?? [],
    );
  });
});

describe('every model', () => {
  it.each(modelNames)('%s builds small, ends in one logit a class, and names its source', name => {
    const network = buildModel({ name, options: { input: [3, 32, 32], classes: 7, width: 1 / 16 } });
    expect(network.nodes.at(-1)?.output).toEqual([7, 1, 1]);
    expect(summarise(network).parameters).toBe(parameterCount(network));
    expect(modelSource(name)).toMatch(/\d{4}/);
  });

  it('says which option it does not know', () => {
    const options = { widht: 2 } as object;
    expect(() => buildModel({ name: 'vgg-a', options })).toThrow(/option of vgg-a "widht".*"width"/);
  });

  it('offers the nearest name for an unknown one', () => {
    expect(() => buildModel({ name: 'vgg-aa', options: {} })).toThrow(
      /Unknown model "vgg-aa". Did you mean "vgg-a"/,
    );
  });

  it.each([
    [{ width: 0 }, /width is 0/],
    [{ classes: 2.5 }, /classes is 2.5/],
    [{ input: [3, 8, 8] as const }, /layer "pool4".*does not fit/],
  ])('refuses %j', (options, message) => {
    expect(() => buildModel({ name: 'vgg-a', options })).toThrow(message);
  });
});
