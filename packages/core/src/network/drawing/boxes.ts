import { nodeParameterCount } from '../counts.js';
import type { Layer } from '../layers/index.js';
import { IMAGE, type Network, type NetworkNode } from '../network.js';
import type { Shape, Window } from '../shape.js';

/** What a box is coloured by. */
export type BoxLook = 'convolution' | 'dense' | 'pooling' | 'merging' | 'other';

/** A layer with the small ones that follow it: what a reader takes for one step. */
export interface Box {
  readonly name: string;
  readonly title: string;
  /** The small layers: `BN · ReLU`. */
  readonly notes: readonly string[];
  readonly look: BoxLook;
  /** Names of boxes, or `image`. */
  readonly inputs: readonly string[];
  readonly output: Shape;
  readonly parameters: number;
  readonly multiplyAdds: number;
}

/** The part of a dotted name that layers of one block share: `group2.block1`; empty for the others. */
export function blockOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('.')));
}

/** A network in boxes, in its order. */
export function boxesOf(net: Network): readonly Box[] {
  const boxes = new Map<string, Box>();
  /** The box that computes a node. */
  const owners = new Map<string, string>([[IMAGE, IMAGE]]);
  const readers = (name: string): number => net.nodes.filter(({ inputs }) => inputs.includes(name)).length;
  for (const node of net.nodes) {
    const [input = IMAGE] = node.inputs;
    const owner = owners.get(input) ?? IMAGE;
    const before = boxes.get(owner);
    const joins = before && readers(input) === 1 && blockOf(node.name) === blockOf(owner);
    const note = noteOf(node.layer);
    if (node.layer.kind === 'flatten') owners.set(node.name, owner);
    else if (note && joins) {
      boxes.set(owner, joined(before, node, note));
      owners.set(node.name, owner);
    } else {
      boxes.set(node.name, boxOf(node, owners));
      owners.set(node.name, node.name);
    }
  }
  return [...boxes.values()];
}

function joined(box: Box, node: NetworkNode, note: string): Box {
  return {
    ...box,
    notes: [...box.notes, note],
    output: node.output,
    parameters: box.parameters + nodeParameterCount(node),
    multiplyAdds: box.multiplyAdds + node.multiplyAdds,
  };
}

function boxOf(node: NetworkNode, owners: ReadonlyMap<string, string>): Box {
  return {
    name: node.name,
    ...headingOf(node.layer),
    notes: [],
    inputs: node.inputs.map(name => owners.get(name) ?? name),
    output: node.output,
    parameters: nodeParameterCount(node),
    multiplyAdds: node.multiplyAdds,
  };
}

/** What a small layer is called where it joins the one before it. */
function noteOf(layer: Layer): string | undefined {
  switch (layer.kind) {
    case 'batchNorm':
      return 'BN';
    case 'relu':
      return 'ReLU';
    case 'tanh':
      return 'tanh';
    case 'scaledTanh':
      return 'scaled tanh';
    case 'localResponseNorm':
      return 'LRN';
    case 'dropout':
      return `dropout ${layer.rate}`;
    case 'channelScale':
      return 'trained';
    default:
      return undefined;
  }
}

function headingOf(layer: Layer): Pick<Box, 'title' | 'look'> {
  switch (layer.kind) {
    case 'convolution': {
      const groups = layer.groups === 1 ? '' : `, ${layer.groups} groups`;
      return { title: `${windowOf(layer.window)} conv, ${layer.filters}${groups}`, look: 'convolution' };
    }
    case 'partialConvolution':
      return {
        title: `${windowOf(layer.window)} conv, ${layer.connections.length}, by table`,
        look: 'convolution',
      };
    case 'dense':
      return { title: `dense, ${layer.units}`, look: 'dense' };
    case 'maxPool':
      return { title: `${windowOf(layer.window)} max pool`, look: 'pooling' };
    case 'averagePool':
      return { title: `${windowOf(layer.window)} average pool`, look: 'pooling' };
    case 'globalAveragePool':
      return { title: 'global average', look: 'pooling' };
    case 'add':
      return { title: '+', look: 'merging' };
    case 'concat':
      return { title: 'concat', look: 'merging' };
    case 'paddedShortcut':
      return {
        title: `zeros to ${layer.channels}${layer.stride === 1 ? '' : `, /${layer.stride}`}`,
        look: 'other',
      };
    default:
      return { title: noteOf(layer) ?? layer.kind, look: 'other' };
  }
}

/** `3×3`, `7×7 /2`. */
function windowOf({ size, stride }: Window): string {
  return `${size.join('×')}${stride[0] === 1 ? '' : ` /${stride[0]}`}`;
}
