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

export function portableLowering({ layer }: NetworkNode): Lowering<Layer> {
  // The registry pairs each kind with the lowering of that kind, which the type system cannot follow.
  return portableLowerings[layer.kind] as unknown as Lowering<Layer>;
}
