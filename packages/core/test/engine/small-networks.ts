import type {
  Batch,
  BuildOptions,
  Engine,
  Optimizer,
  State,
  Tensor,
  Trainable,
} from '../../src/engine/index.js';
import { buildModel, type ModelOptions, modelFamilies } from '../../src/models/index.js';
import { imageNetResNet, type StrideOn } from '../../src/models/resnet.js';
import {
  conv,
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
} from '../../src/network/index.js';
import { normalArray, stream, streamKey } from '../../src/random/index.js';

/** The engines on TensorFlow.js that are there on every machine. */
export const tfjsEngines = ['cpu', 'wasm'];
/** The engines that are there on every machine. */
export const embeddedEngines = ['onnx', ...tfjsEngines];

/** Every example of every layer kind, so that a new kind is tested by being registered. */
export const layerExamples = (Object.keys(layerDefinitions) as LayerKind[]).flatMap(kind =>
  layerDefinitions[kind].examples.map((example, i) => ({
    title: `${kind} ${i + 1} on ${example.inputs.map(shape => shape.join('x')).join(' and ')}`,
    kind,
    layer: example.layer as Layer,
    inputs: example.inputs,
  })),
);

/**
 * A network around one layer: a 1x1 convolution per input before it, so that gradients flow through its inputs, and a
 * classifier of three classes behind it.
 */
export function around(tested: Layer, inputs: readonly Shape[]): Network {
  const [input = [1, 1, 1]] = inputs;
  return network({ name: `around-${tested.kind}`, input, classes: 3 }, image => {
    const befores = inputs.map(([channels], i) => conv(`before${i + 1}`, channels, 1)(image));
    const place = image.add('tested', tested, befores);
    return sequence(flatten('vector'), dense('logits', 3))(place);
  });
}

/** Every model of the registry, small enough for the slow reference engine. */
export const narrowModels: readonly Network[] = Object.values(modelFamilies).flatMap(({ names, small }) =>
  names.map(name => buildModel({ name, options: small(name) })),
);

/** Shallow nets of the blocks that deep ones are made of, with each shortcut. */
export const normalisedNetworks: readonly Network[] = [
  buildModel({ name: 'plain-8', options: modelFamilies.resNet.small('plain-8') }),
  ...(['A', 'B', 'C'] as const).map(shortcut =>
    buildModel({ name: 'resnet-8', options: { ...modelFamilies.resNet.small('resnet-8'), shortcut } }),
  ),
  buildModel({
    name: 'preact-resnet-11',
    options: modelFamilies.preActivationResNet.small('preact-resnet-11'),
  }),
  buildModel({
    name: 'wrn-10-2',
    options: { ...modelFamilies.wideResNet.small('wrn-10-2'), block: 'B(3,1,3)' },
  }),
  ...(['first', '3x3'] as const).map(bottleneckNetwork),
];

/** Bottlenecks in the original order, which the registry has from 50 layers on only. */
function bottleneckNetwork(strideOn: StrideOn): Network {
  return imageNetResNet({
    name: `resnet-14 with the stride on ${strideOn}`,
    blocks: [1, 1, 1, 1],
    bottleneck: true,
    input: [3, 64, 64],
    classes: 10,
    width: 1 / 16,
    k: 1,
    join: 'B',
    strideOn,
  });
}

export function narrowModel(name: string): Network {
  const net = narrowModels.find(candidate => candidate.name === name);
  if (!net) throw new RangeError(`no model ${name}`);
  return net;
}

/** A Wide ResNet of one block a group. */
export function smallWideResNet(options: ModelOptions = {}): Network {
  const name = 'wrn-10-1';
  return buildModel({ name, options: { ...modelFamilies.wideResNet.small(name), ...options } });
}

/**
 * Weights of deviation sqrt(2 / fan-in) (He et al. 2015), scales near one, small biases, and statistics that have moved
 * a little, in the network's order.
 */
export function initialState(net: Network, seed: number): State {
  return new Map(
    net.nodes.flatMap(node => {
      const near = (
        name: string,
        shape: readonly number[],
        center: number,
        deviation: number,
      ): [string, Tensor] => {
        const fullName = `${node.name}.${name}`;
        const noise = normalArray(elements(shape), streamKey(seed, 'init', fullName), deviation);
        return [fullName, { shape, data: noise.map(value => value + center) }];
      };
      return [
        ...node.parameters.map(({ name, shape, role, fanIn }) =>
          near(name, shape, role === 'scale' ? 1 : 0, role === 'weight' ? Math.sqrt(2 / fanIn) : 0.05),
        ),
        ...node.statistics.map(({ name, shape, initial }) => near(name, shape, initial, 0.05)),
      ];
    }),
  );
}

/** Normal images with random labels. */
export function randomBatch(net: Network, count: number, seed: number): Batch {
  const labels = stream(seed, 'subset', 'labels');
  return {
    images: normalArray(count * elements(net.input), streamKey(seed, 'subset', 'images'), 1),
    labels: Int32Array.from({ length: count }, (_, i) => labels.below(net.classes, i)),
    count,
  };
}

export const momentumOptimizer: Optimizer = {
  kind: 'sgd',
  form: 'scaled-velocity',
  momentum: 0.9,
  nesterov: false,
  weightDecay: 5e-4,
  decayOn: 'all',
};

export async function trainableFrom(
  engine: Engine,
  net: Network,
  state: State,
  batchSize: number,
  { optimizer = momentumOptimizer, frozen = [] }: Partial<Pick<BuildOptions, 'optimizer' | 'frozen'>> = {},
): Promise<Trainable> {
  const trainable = await engine.build(net, { batchSize, optimizer, frozen });
  await trainable.restore(state);
  return trainable;
}
