import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadEngine, type State, type Tensor } from '../../src/engine/index.js';
import { buildModel, type ModelOptions, modelFamilies } from '../../src/models/index.js';
import { elements, type Network } from '../../src/network/index.js';
import { decodeSafetensors } from '../../src/training/safetensors.js';
import { expectStatesClose, relativeDifference } from '../engine/closeness.js';
import { numbers } from '../engine/formula.js';
import { embeddedEngines, trainableFrom } from '../engine/small-networks.js';

/** PyTorch in double precision, through up to 22 layers. */
const TOLERANCE = 5e-5;
const LABELS = Int32Array.from([3, 0, 9, 5]);

const path = new URL('../fixtures/families.safetensors', import.meta.url);
const { state: golden } = decodeSafetensors(readFileSync(path), 'families.safetensors');

const members: readonly (readonly [string, keyof typeof modelFamilies, ModelOptions])[] = [
  ['lenet-5-original', 'leNet', { width: 1 }],
  ['mlp-300-100', 'multilayerPerceptron', {}],
  ['alexnet', 'alexNet', {}],
  ['alexnet-cifar', 'alexNetCifar', {}],
  ['nin', 'networkInNetwork', {}],
  ['vgg-a-lrn', 'vgg', {}],
  ['inception-v1', 'inception', {}],
  ['resnet-8', 'resNet', {}],
  ['preact-resnet-11', 'preActivationResNet', {}],
  ['wrn-10-2', 'wideResNet', { block: 'B(3,1,3)' }],
];

/** Without dropout, whose masks PyTorch does not draw. */
function built(name: string, family: keyof typeof modelFamilies, options: ModelOptions): Network {
  const net = buildModel({ name, options: { ...modelFamilies[family].small(name), ...options } });
  const nodes = net.nodes.map(node =>
    node.layer.kind === 'dropout' ? { ...node, layer: { kind: 'dropout', rate: 0 } as const } : node,
  );
  return { ...net, nodes };
}

/** As families.py draws it. */
function drawn(name: string, shape: readonly number[], amplitude: number, centre = 0): [string, Tensor] {
  const salt = [...name].reduce((sum, letter, i) => sum + (i + 1) * letter.charCodeAt(0), 0) % 65536;
  return [name, { shape, data: numbers(elements(shape), salt, amplitude).map(value => value + centre) }];
}

function initialState(net: Network): State {
  return new Map(
    net.nodes.flatMap(node => [
      ...node.parameters.map(({ name, shape, role, fanIn }) =>
        role === 'weight'
          ? drawn(`${node.name}.${name}`, shape, Math.sqrt(6 / fanIn))
          : drawn(`${node.name}.${name}`, shape, 0.1, role === 'scale' ? 1 : 0),
      ),
      ...node.statistics.map(({ name, shape, initial }) =>
        drawn(`${node.name}.${name}`, shape, initial === 0 ? 0.1 : 0.2, initial),
      ),
    ]),
  );
}

function expected(name: string): State {
  const own = [...golden].filter(([key]) => key.startsWith(`${name}/`));
  return new Map(own.map(([key, tensor]) => [key.slice(name.length + 1), tensor]));
}

it('has a member of every family', () => {
  expect(new Set(members.map(([, family]) => family))).toEqual(new Set(Object.keys(modelFamilies)));
});

describe.each(embeddedEngines)('a member of each family on %s against PyTorch', engineName => {
  it.each(members)('%s has the same logits, loss and gradients', async (name, family, options) => {
    const net = built(name, family, options);
    const engine = await loadEngine(engineName);
    const state = initialState(net);
    const count = LABELS.length;
    const images = numbers(count * elements(net.input), 1, 1.7);
    const { loss, logits, ...gradients } = Object.fromEntries(expected(name));

    const evaluator = await engine.evaluator(net, state, { batchSize: count });
    const found = await evaluator.logits(images, count);
    evaluator.dispose();
    expect(relativeDifference(found, logits?.data ?? [])).toBeLessThan(TOLERANCE);

    const trainable = await trainableFrom(engine, net, state, count);
    const computed = await trainable.gradients({ images, labels: LABELS, count }, { seed: 0, step: 0 });
    trainable.dispose();
    const wanted = loss?.data[0] ?? Number.NaN;
    expect(Math.abs(computed.loss - wanted)).toBeLessThan(TOLERANCE * wanted);
    expectStatesClose(computed.gradients, new Map(Object.entries(gradients)), {
      tolerance: TOLERANCE,
      floor: 0.01,
      title: name,
    });
  });
});
