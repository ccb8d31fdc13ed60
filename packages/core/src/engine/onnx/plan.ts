import { UsageError } from '../../errors/index.js';
import type { Layer, Network, NetworkNode } from '../../network/index.js';
import type { Layout, Lowering } from './lowering.js';
import { portableLowerings } from './portable/index.js';

/** One operator to be: a node of the network, and the nodes after it that the same operator computes. */
export interface Step {
  readonly node: NetworkNode;
  readonly lowering: Lowering<Layer>;
  readonly inputs: readonly StepInput[];
  readonly layout: Layout;
  readonly relu: boolean;
  readonly sum?: StepInput;
  /** The last node that it computes. */
  readonly end: NetworkNode;
}

export interface StepInput {
  readonly name: string;
  readonly layout: Layout;
}

/** In which order, layout and grouping a network is computed. */
export type Plan = readonly Step[];

/** Every layer by itself, in standard operators. */
export function portablePlan(net: Network): Plan {
  return net.nodes.map(node => ({
    node,
    lowering: portableLowering(node),
    inputs: node.inputs.map(name => ({ name, layout: 'plain' })),
    layout: 'plain',
    relu: false,
    end: node,
  }));
}

/** @throws UsageError where this engine lacks the layer's kind. */
export function portableLowering({ name, layer }: NetworkNode): Lowering<Layer> {
  const lowering = portableLowerings[layer.kind];
  if (!lowering) {
    throw new UsageError(
      `Engine onnx does not compute ${layer.kind}, the kind of layer "${name}"; choose another engine.`,
    );
  }
  // The registry pairs each kind with the lowering of that kind, which the type system cannot follow.
  return lowering as unknown as Lowering<Layer>;
}
