import type { Batch, Optimizer, State, Tensor } from '../../../src/engine/engine.js';
import { buildModel } from '../../../src/models/index.js';
import {
  conv,
  definitionOf,
  dense,
  elements,
  flatten,
  type Layer,
  type LayerKind,
  layerDefinitions,
  type Network,
  network,
  type Shape,
  sequence,
} from '../../../src/network/index.js';

/** Every example of every layer kind: a new kind is tested by being registered. */
export const layerExamples = (Object.keys(layerDefinitions) as LayerKind[]).flatMap(kind =>
  layerDefinitions[kind].examples.map(({ layer, inputs }) => ({
    title: `${kind} (${definitionOf(layer).describe(layer)}) on ${inputs.map(s => s.join('x')).join(' and ')}`,
    net: around(layer, inputs),
  })),
);

/** One layer between a convolution for each of its inputs and a classifier, so that gradients pass through it. */
export function around(tested: Layer, inputs: readonly Shape[]): Network {
  const [input = [1, 1, 1]] = inputs;
  return network({ name: `around-${tested.kind}`, input, classes: 3 }, image => {
    const befores = inputs.map(([channels], i) => conv(`before${i + 1}`, channels, 1)(image));
    const place = image.add('tested', tested, befores);
    return sequence(flatten('vector'), dense('logits', 3))(place);
  });
}

/** One of each family, narrow. */
export const modelExamples: readonly Network[] = [
  buildModel({ name: 'vgg-a-lrn', options: narrow({ hidden: 24, lrnAlpha: 0.05, dropout: 0.3 }) }),
  buildModel({ name: 'vgg-b', options: narrow({ hidden: 24 }) }),
  buildModel({ name: 'wrn-10-1', options: { input: [3, 16, 16], classes: 10, dropout: 0.25 } }),
  buildModel({ name: 'wrn-16-2', options: { input: [3, 16, 16], classes: 10, width: 0.25 } }),
];

function narrow<T>(options: T): T & { input: Shape; classes: number; width: number } {
  return { input: [3, 32, 32], classes: 10, width: 1 / 16, ...options };
}

/** Numbers in [-1, 1) that other languages make alike: a mix of `index` and `salt` in 32-bit integers. */
export function noise(count: number, salt: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => {
    let x = (Math.imul(i + 1, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca77)) >>> 0;
    x = Math.imul(x ^ (x >>> 15), 0xc2b2ae3d) >>> 0;
    x = Math.imul(x ^ (x >>> 13), 0x27d4eb2f) >>> 0;
    return ((x ^ (x >>> 16)) >>> 0) / 2 ** 31 - 1;
  });
}

/** Weights uniform with variance 2 / fan-in, small biases, scales around one. */
export function exampleState(net: Network): State {
  const tensors = net.nodes.flatMap(node =>
    node.parameters.map(parameter => ({ ...parameter, name: `${node.name}.${parameter.name}` })),
  );
  return new Map(
    tensors.map(({ name, shape, role, fanIn }, i): [string, Tensor] => {
      const range = role === 'weight' ? Math.sqrt(6 / fanIn) : 0.1;
      const center = role === 'scale' ? 1 : 0;
      return [name, { shape, data: noise(elements(shape), i).map(x => Math.fround(center + range * x)) }];
    }),
  );
}

export function exampleBatch(net: Network, count: number, salt = 1000): Batch {
  const choices = noise(count, salt + 1);
  return {
    images: noise(count * elements(net.input), salt),
    labels: Int32Array.from(choices, x => Math.floor(((x + 1) / 2) * net.classes)),
    count,
  };
}

/** Torch's form, as Wide ResNet trains. */
export const nesterov: Optimizer = {
  kind: 'sgd',
  form: 'scaled-update',
  momentum: 0.9,
  nesterov: true,
  weightDecay: 5e-3,
  decayOn: 'all',
};

/** AlexNet's form, as VGG trains. */
export const classical: Optimizer = {
  ...nesterov,
  form: 'scaled-velocity',
  nesterov: false,
  decayOn: 'weights',
};
