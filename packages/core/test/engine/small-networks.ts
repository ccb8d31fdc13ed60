import type { Batch, Engine, Optimizer, State, Tensor, Trainable } from '../../src/engine/index.js';
import { buildModel, type ModelOptions, modelFamilies } from '../../src/models/index.js';
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
  optimizer = momentumOptimizer,
): Promise<Trainable> {
  const trainable = await engine.build(net, { batchSize, optimizer });
  await trainable.restore(state);
  return trainable;
}
