import { reshape, type Tensor, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core';
import { UsageError } from '../../errors/index.js';
import { IMAGE, type Layer, type Network, type NetworkNode } from '../../network/index.js';
import type { StepOptions } from '../engine.js';
import type { LayerLowerings } from './layers/index.js';
import type { LayerLowering, Mode } from './lowering.js';
import type { PlacedParameter, PlacedTensor } from './state.js';

/** Everything a forward pass depends on. */
export interface ForwardOptions {
  readonly mode: Mode;
  readonly images: Tensor4D;
  /** Held parameters and statistics by full name. */
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** Absent: without dropout. */
  readonly randomness?: StepOptions['randomness'];
  /** Sees each node's output, and may put another in its place. */
  readonly tap?: (name: string, output: Tensor4D) => Tensor4D;
  /** Sees what training makes of each statistic. */
  readonly updateStatistic?: (fullName: string, value: Tensor) => void;
}

/** Tensors of layers, in the network's order. */
interface Places {
  readonly parameters: readonly PlacedParameter[];
  readonly statistics: readonly PlacedTensor[];
}

/** A network lowered to TensorFlow.js; its places are those of layers that learn. */
export interface LoweredNetwork extends Places {
  readonly frozen: Places;
  /** Logits, `[count, classes]`. */
  forward(options: ForwardOptions): Tensor2D;
}

/**
 * `frozen`: names of layers that compute as in evaluation.
 * @throws UsageError naming the first layer that has no lowering.
 */
export function lower(
  network: Network,
  engine: string,
  lowerings: LayerLowerings,
  frozen: ReadonlySet<string> = new Set(),
): LoweredNetwork {
  const nodes = network.nodes.map(node => ({ node, lowering: loweringOf(network, node, engine, lowerings) }));
  return {
    ...placesOf(nodes.filter(({ node }) => !frozen.has(node.name))),
    frozen: placesOf(nodes.filter(({ node }) => frozen.has(node.name))),
    forward({ images, tensors, tap, updateStatistic, mode, randomness }) {
      const outputs = new Map<string, Tensor4D>([[IMAGE, images]]);
      let last = images;
      for (const { node, lowering } of nodes) {
        const output = lowering.forward({
          ...(frozen.has(node.name) ? { mode: 'evaluation' } : { mode, randomness }),
          layer: node.layer,
          name: node.name,
          inputs: node.inputs.map(name => outputs.get(name) as Tensor4D),
          tensor: name => tensors.get(fullName(node, name)) as Tensor,
          updateStatistic: (name, value) => updateStatistic?.(fullName(node, name), value),
        });
        last = tap ? tap(node.name, output) : output;
        outputs.set(node.name, last);
      }
      return reshape(last, [images.shape[0], network.classes]);
    },
  };
}

interface LoweredNode {
  readonly node: NetworkNode;
  readonly lowering: LayerLowering<Layer>;
}

function placesOf(nodes: readonly LoweredNode[]): Places {
  return {
    parameters: nodes.flatMap(({ node, lowering }) =>
      node.parameters.map(({ name, shape, role }) => ({
        fullName: fullName(node, name),
        shape,
        role,
        axes: lowering.heldAxes?.[name],
        initial: role === 'scale' ? 1 : 0,
      })),
    ),
    statistics: nodes.flatMap(({ node }) =>
      node.statistics.map(({ name, shape, initial }) => ({
        fullName: fullName(node, name),
        shape,
        axes: undefined,
        initial,
      })),
    ),
  };
}

function fullName({ name: node }: NetworkNode, tensor: string): string {
  return `${node}.${tensor}`;
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
