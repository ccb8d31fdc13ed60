import { buildModel } from '@strata/core/models';
import { initialState } from '@strata/core/training';
import { describe, expect, it } from 'vitest';

const build = (name: string, width = 1 / 4) =>
  buildModel({ name, options: { input: [3, 32, 32], classes: 10, width, hidden: 128 } });

function deviation(data: Float32Array | undefined): number {
  if (!data) throw new Error('no such tensor');
  const mean = data.reduce((sum, x) => sum + x, 0) / data.length;
  return Math.sqrt(data.reduce((sum, x) => sum + (x - mean) ** 2, 0) / data.length);
}

describe('initial state', () => {
  const name = 'conv4_1.weight';
  const fanIn = 64 * 9;
  const fanOut = 128 * 9;

  it.each([
    ['gaussian', { kind: 'gaussian', deviation: 0.1, width: 1, bias: 0 }, 0.1],
    ['gaussian, narrow', { kind: 'gaussian', deviation: 0.1, width: 1 / 4, bias: 0 }, 0.2],
    ['glorot', { kind: 'glorot', bias: 0 }, Math.sqrt(2 / (fanIn + fanOut))],
    ['msra', { kind: 'msra', bias: 0 }, Math.sqrt(2 / fanIn)],
  ] as const)('%s has the deviation of its paper', (_, initialisation, expected) => {
    const state = initialState(build('vgg-a'), initialisation, 1);
    // 73,728 draws: the deviation's own standard error is 0.26 %.
    expect(deviation(state.get(name)?.data) / expected).toBeCloseTo(1, 1.7);
  });

  it('is equal across networks where names and shapes agree, and differs between seeds', () => {
    const [a, d] = ['vgg-a', 'vgg-d'].map(model => initialState(build(model), { kind: 'msra', bias: 0 }, 3));
    expect(a?.get('conv3_2.weight')).toEqual(d?.get('conv3_2.weight'));
    const other = initialState(build('vgg-a'), { kind: 'msra', bias: 0 }, 4);
    expect(other.get('conv3_2.weight')).not.toEqual(a?.get('conv3_2.weight'));
  });

  it('starts scales at one, and statistics as their layer says', () => {
    const wrn = buildModel({ name: 'wrn-10-1', options: {} });
    const state = initialState(wrn, { kind: 'msra', bias: 0.5 }, 1);
    const valuesOf = (name: string) => new Set(state.get(`group2.block1.bn2.${name}`)?.data);
    expect(valuesOf('weight')).toEqual(new Set([1]));
    expect(valuesOf('bias')).toEqual(new Set([0.5]));
    expect(valuesOf('running_mean')).toEqual(new Set([0]));
    expect(valuesOf('running_var')).toEqual(new Set([1]));
    expect(state.get('bn.running_var')?.shape).toEqual([64]);
  });

  it('starts biases where it is told', () => {
    const state = initialState(build('vgg-a'), { kind: 'glorot', bias: 1 }, 0);
    expect(new Set(state.get('conv1_1.bias')?.data)).toEqual(new Set([1]));
  });
});

describe('biases that start at one', () => {
  const initialisation = { kind: 'gaussian', deviation: 0.01, width: 1, bias: 0 } as const;
  const start = (biasOne: readonly string[]) =>
    initialState(build('vgg-a'), { ...initialisation, biasOne }, 1);

  it('are those of the layers named, and those alone', () => {
    // AlexNet's rule (section 5): the second, fourth and fifth convolution, and the hidden layers.
    const biasOne = ['conv2_1', 'conv3_2', 'conv4_1', 'fc1', 'fc2'];
    for (const [name, { data }] of start(biasOne)) {
      if (!name.endsWith('.bias')) continue;
      const expected = biasOne.includes(name.slice(0, -'.bias'.length)) ? 1 : 0;
      expect(new Set(data), name).toEqual(new Set([expected]));
    }
    expect(start(biasOne).get('fc1.weight')).toEqual(start(['conv1_1']).get('fc1.weight'));
  });

  it('may be of layers that one variant lacks, but not of none', () => {
    expect(new Set(start(['fc1', 'conv1_2']).get('fc1.bias')?.data)).toEqual(new Set([1]));
    expect(() => start(['fc9', 'conv9'])).toThrow(/fc9, conv9 are to start at one, and vgg-a has none/);
  });
});
