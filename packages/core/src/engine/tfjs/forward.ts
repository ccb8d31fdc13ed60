import { reshape, type Tensor, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core';
import { UsageError } from '../../errors/index.js';
import { IMAGE, type Layer, type Network, type NetworkNode, type Parameter } from '../../network/index.js';
import type { StepOptions } from '../engine.js';
import type { LayerLowerings } from './layers/index.js';
import type { LayerLowering } from './lowering.js';

/** A parameter in its network: the full name, and the order in which its axes are held. */
export interface PlacedParameter extends Parameter {
  /** `conv1_1.weight`. */
  readonly fullName: string;
  readonly axes: readonly number[] | undefined;
}

/** Everything a forward pass depends on. */
export interface ForwardOptions {
  readonly images: Tensor4D;
  /** Held tensors by full name. */
  readonly parameters: ReadonlyMap<string, Tensor>;
  /** Present in training only. */
  readonly randomness?: StepOptions['randomness'];
  /** Sees each node's output, and may put another in its place. */
  readonly tap?: (name: string, output: Tensor4D) => Tensor4D;
}

/** A network lowered to TensorFlow.js. */
export interface LoweredNetwork {
  readonly parameters: readonly PlacedParameter[];
  /** Logits, `[count, classes]`. */
  forward(options: ForwardOptions): Tensor2D;
}

/** @throws UsageError naming the first layer that has no lowering. */
export function lower(network: Network, engine: string, lowerings: LayerLowerings): LoweredNetwork {
  const nodes = network.nodes.map(node => ({ node, lowering: loweringOf(network, node, engine, lowerings) }));
  return {
    parameters: nodes.flatMap(({ node, lowering }) =>
      node.parameters.map(parameter => ({
        ...parameter,
        fullName: `${node.name}.${parameter.name}`,
        axes: lowering.heldAxes?.[parameter.name],
      })),
    ),
    forward({ images, parameters, randomness, tap }) {
      const outputs = new Map<string, Tensor4D>([[IMAGE, images]]);
      let last = images;
      for (const { node, lowering } of nodes) {
        const output = lowering.forward({
          layer: node.layer,
          name: node.name,
          inputs: node.inputs.map(name => outputs.get(name) as Tensor4D),
          parameter: name => parameters.get(`${node.name}.${name}`) as Tensor,
          randomness,
        });
        last = tap ? tap(node.name, output) : output;
        outputs.set(node.name, last);
      }
      return reshape(last, [images.shape[0], network.classes]);
    },
  };
}

function loweringOf(
  network: Network,
  { name, layer }: NetworkNode,
  engine: string,
  lowerings: LayerLowerings,
): LayerLowering<Layer> {
  const lowering = lowerings[layer.kind];
  if (!lowering) {
    throw new UsageError(
      `Engine ${engine} cannot compute layer "${name}" (${layer.kind}) of network ${network.name}: it has no lowering for this kind; choose another engine.`,
    );
  }
  // The registry pairs each kind with the lowering of that kind, which the type system cannot follow.
  return lowering as LayerLowering<Layer>;
}
