import type { State, Tensor } from '@strata/core/engine';
import { UsageError } from '@strata/core/errors';
import { buildModel } from '@strata/core/models';
import { elements, type Network } from '@strata/core/network';
import {
  encodeSafetensors,
  initialState,
  type NameMapName,
  nameMaps,
  withLayersFrom,
  withLayersFromFile,
} from '@strata/core/training';
import { describe, expect, it } from 'vitest';
import torchvision from '../fixtures/torchvision-names.json' with { type: 'json' };

const build = (name: string, { width = 1 / 4, classes = 10 } = {}) =>
  buildModel({ name, options: { input: [3, 32, 32], classes, width, hidden: 128 } });
const start = (net: Network, seed: number, bias = 0): State =>
  initialState(net, { kind: 'msra', bias }, seed);

const [vggA, vggD] = [build('vgg-a'), build('vgg-d')];
const trained = start(vggA, 7, 0.5);
const fresh = start(vggD, 8);

describe('layers from a trained network', () => {
  it('are those named and only those', () => {
    const state = withLayersFrom(vggD, trained, ['conv1_1', 'fc3'], fresh);
    expect(state.get('conv1_1.weight')).toBe(trained.get('conv1_1.weight'));
    expect(state.get('fc3.bias')).toBe(trained.get('fc3.bias'));
    expect(state.get('conv1_2.weight')).toBe(fresh.get('conv1_2.weight'));
  });

  it('bring their statistics, and may be named by stage', () => {
    const net = buildModel({ name: 'wrn-10-1', options: { width: 1 / 4 } });
    const [source, target] = [start(net, 1), start(net, 2)];
    const moved = new Map(source).set('bn.running_mean', { shape: [16], data: new Float32Array(16).fill(3) });
    const state = withLayersFrom(net, moved, ['bn', 'group2'], target);
    expect(state.get('bn.running_mean')).toBe(moved.get('bn.running_mean'));
    expect(state.get('group2.block1.conv1.weight')).toBe(source.get('group2.block1.conv1.weight'));
    expect(state.get('group1.block1.bn1.running_mean')).toBe(target.get('group1.block1.bn1.running_mean'));
  });

  it('are all but a last one for other classes, unless named', () => {
    expect(withLayersFrom(vggA, trained, undefined, start(vggA, 8))).toEqual(trained);
    const other = build('vgg-a', { classes: 7 });
    const state = withLayersFrom(other, trained, undefined, start(other, 8));
    for (const [name, tensor] of state) {
      if (name.startsWith('fc3.')) expect(tensor).toEqual(start(other, 8).get(name));
      else expect(tensor).toBe(trained.get(name));
    }
    expect(() => withLayersFrom(other, trained, ['fc3'], start(other, 8))).toThrow(
      '"fc3.weight" cannot be copied: it is 10x128 in the trained network and 7x128 here',
    );
  });

  it('are named where they are missing or do not fit', () => {
    expect(() => withLayersFrom(vggD, trained, ['conv9'], fresh)).toThrow(/no layer or stage "conv9"/);
    expect(() => withLayersFrom(vggD, trained, ['conv1_2'], fresh)).toThrow(
      /"conv1_2.weight" cannot be copied: the trained network has no such/,
    );
    expect(() => withLayersFrom(vggD, trained, undefined, fresh)).toThrow(/"conv1_2.weight" cannot be/);
    const wide = build('vgg-d', { width: 1 / 2 });
    expect(() => withLayersFrom(wide, trained, ['conv1_1'], start(wide, 8))).toThrow(
      /16x3x3x3 in the trained network and 32x3x3x3 here/,
    );
  });
});

interface Original {
  readonly theirs: keyof typeof torchvision;
  readonly names: NameMapName;
  readonly network: Network;
}

const originals: readonly Original[] = [
  { theirs: 'vgg11', names: 'torchvision-vgg', network: buildModel({ name: 'vgg-a', options: {} }) },
  { theirs: 'vgg16', names: 'torchvision-vgg', network: buildModel({ name: 'vgg-d', options: {} }) },
  {
    theirs: 'resnet18',
    names: 'torchvision-resnet',
    network: buildModel({ name: 'resnet-18', options: {} }),
  },
  {
    theirs: 'resnet50',
    names: 'torchvision-resnet',
    network: buildModel({ name: 'resnet-50', options: { strideOn: '3x3' } }),
  },
];

describe.each(originals)('the names of $theirs', ({ theirs, names, network }) => {
  it('and its shapes are those that the map makes of the network', () => {
    const named = nameMaps[names](network);
    const ours = network.nodes.flatMap(({ name, parameters, statistics }) =>
      [...parameters, ...statistics].map(
        tensor => [`${named.get(name)}.${tensor.name}`, tensor.shape] as const,
      ),
    );
    const counters = Object.entries(torchvision[theirs]).filter(
      ([name]) => !name.endsWith('num_batches_tracked'),
    );
    expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(counters));
  });
});

describe('layers from a file', () => {
  const net = buildModel({ name: 'resnet-18', options: { input: [3, 32, 32], classes: 5, width: 1 / 16 } });
  const named = nameMaps['torchvision-resnet'](net);
  const theirName = (name: string): string => {
    const dot = name.lastIndexOf('.');
    return `${named.get(name.slice(0, dot))}${name.slice(dot)}`;
  };
  const weights = start(net, 3, 0.25);
  const renamed = new Map([...weights].map(([name, tensor]) => [theirName(name), tensor]));
  const fileOf = (tensors: ReadonlyMap<string, Tensor>) =>
    ({ bytes: encodeSafetensors(tensors), file: 'r18.safetensors', names: 'torchvision-resnet' }) as const;

  it('come under their own names', () => {
    expect(withLayersFromFile(net, fileOf(renamed), undefined, start(net, 4))).toEqual(weights);
    const some = withLayersFromFile(net, fileOf(renamed), ['group1', 'conv1'], start(net, 4));
    expect(some.get('group1.block1.conv1.weight')).toEqual(weights.get('group1.block1.conv1.weight'));
    expect(some.get('group2.block1.conv1.weight')).toEqual(start(net, 4).get('group2.block1.conv1.weight'));
  });

  it('come without what the network has no use for, of whatever type', () => {
    const more = new Map(renamed).set('bn1.num_batches_tracked', { shape: [2], data: new Float32Array(2) });
    const text = Buffer.from(encodeSafetensors(more)).toString('latin1');
    const integer = text.replace(/(num_batches_tracked":\{"dtype":")F32",/, '$1I32",');
    expect(integer).not.toBe(text);
    const file = { ...fileOf(more), bytes: Buffer.from(integer, 'latin1') };
    expect(withLayersFromFile(net, file, undefined, start(net, 4))).toEqual(weights);
  });

  it('leave a last layer for other classes fresh', () => {
    const other = buildModel({
      name: 'resnet-18',
      options: { input: [3, 32, 32], classes: 9, width: 1 / 16 },
    });
    const state = withLayersFromFile(other, fileOf(renamed), undefined, start(other, 4));
    expect(state.get('fc.weight')).toEqual(start(other, 4).get('fc.weight'));
    expect(state.get('conv1.weight')).toEqual(weights.get('conv1.weight'));
  });

  it('are refused with tensor, file and both shapes', () => {
    const shape = [4, 3, 5, 5];
    const odd = new Map(renamed).set('conv1.weight', { shape, data: new Float32Array(elements(shape)) });
    expect(() => withLayersFromFile(net, fileOf(odd), undefined, weights)).toThrow(
      '"conv1.weight" cannot be copied: it is 4x3x5x5 in r18.safetensors and 4x3x7x7 here',
    );
    const without = new Map(renamed);
    without.delete('layer2.0.downsample.1.running_var');
    expect(() => withLayersFromFile(net, fileOf(without), undefined, weights)).toThrow(
      '"group2.block1.shortcut_bn.running_var", there "layer2.0.downsample.1.running_var", cannot be copied: r18.safetensors has no such tensor; expected one of 8.',
    );
    const cut = { ...fileOf(renamed), bytes: encodeSafetensors(renamed).subarray(0, 5000) };
    expect(() => withLayersFromFile(net, cut, undefined, weights)).toThrow(UsageError);
  });
});
