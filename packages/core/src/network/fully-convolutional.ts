import { UsageError } from '../errors/index.js';
import type { Layer, LayerKind } from './layers/index.js';
import { IMAGE, type Network, type NetworkNode, network, type Place } from './network.js';
import type { Shape } from './shape.js';

/** Kinds that treat every value alike, so that they may stand between a flattened map and its dense layer. */
const elementwise: readonly LayerKind[] = ['relu', 'tanh', 'scaledTanh', 'dropout'];

/**
 * The network without fully connected layers (VGG, section 3.2): the first dense layer after a flattened map becomes a convolution with
 * windows of that map's size, those that follow become 1x1 convolutions. Over images of another size it gives class scores
 * at many places, which are averaged. Names stay, and each weight keeps its elements in their order: those of a dense layer over
 * a flattened map are those of the convolution, row by row.
 * @throws UsageError where a layer does not fit the new size, or reads a flattened map and cannot do without its places.
 */
export function fullyConvolutional(net: Network, input: Shape = net.input): Network {
  const before = new Map([[IMAGE, net.input], ...net.nodes.map(node => [node.name, node.output] as const)]);
  /** The maps that flatten layers dissolved into, as they are in the old network, by the nodes that stand for them. */
  const flattened = new Map<string, Shape>();
  return network({ name: net.name, input, classes: net.classes }, image => {
    const places = new Map<string, Place>([[IMAGE, image]]);
    for (const node of net.nodes) {
      const from = node.inputs.map(name => places.get(name) as Place);
      const [first] = from;
      const [read = IMAGE] = node.inputs;
      if (!first) continue;
      if (node.layer.kind === 'flatten') {
        places.set(node.name, first);
        flattened.set(node.name, before.get(read) ?? net.input);
        continue;
      }
      const map = flattened.get(read);
      if (map && node.layer.kind !== 'dense') {
        checkPlaces(net, node, map);
        flattened.set(node.name, map);
      }
      places.set(node.name, first.add(node.name, convolutional(node.layer, map), from));
    }
    const end = places.get(net.nodes.at(-1)?.name ?? IMAGE) as Place;
    return end.shape[1] * end.shape[2] === 1
      ? end
      : end.add('dense evaluation', { kind: 'globalAveragePool' }, [end]);
  });
}

/** A dense layer over a map, as the convolution that it is; any other layer as it stands. */
function convolutional(layer: Layer, map: Shape | undefined): Layer {
  if (layer.kind !== 'dense') return layer;
  const [, height, width] = map ?? [0, 1, 1];
  const window = { size: [height, width], stride: [1, 1], padding: [0, 0, 0, 0] } as const;
  return { kind: 'convolution', filters: layer.units, window, groups: 1, bias: layer.bias };
}

function checkPlaces(net: Network, { name, layer }: NetworkNode, [, height, width]: Shape): void {
  if (height * width === 1 || elementwise.includes(layer.kind)) return;
  throw new UsageError(
    `Network ${net.name}, layer "${name}": a ${layer.kind} of a flattened map has no form for images of another size; put a dense layer before it.`,
  );
}
