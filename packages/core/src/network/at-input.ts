import { UsageError } from '../errors/index.js';
import type { Layer } from './layers/index.js';
import { IMAGE, type Network, type NetworkNode, network, type Place } from './network.js';
import { mainPath } from './paths.js';
import { type Shape, shapesEqual } from './shape.js';

/**
 * The network over images of another size. Where a flattened map grows, the first dense layer after it becomes a
 * convolution over windows of the map's old size and those that follow 1x1 convolutions, whose scores are averaged
 * over all places: dense evaluation (VGG, section 3.2). Names stay, and each weight keeps its elements in their order.
 * At any size auxiliary heads are left out: they are for training.
 * @throws UsageError where a layer does not fit the new size, or the images have other channels.
 */
export function atInput(trained: Network, input: Shape): Network {
  const net = mainPath(trained);
  if (shapesEqual(net.input, input)) return net;
  if (input[0] !== net.input[0]) {
    throw new UsageError(
      `Network ${net.name} takes images of ${net.input[0]} channels, not ${input[0]}; only height and width may differ.`,
    );
  }
  const shapes = new Map(net.nodes.map(node => [node.name, node.output]));
  /** Shapes, in the old network, of the maps that flatten layers dissolved into. */
  const dissolved = new Map<string, Shape>();
  return network({ name: net.name, input, classes: net.classes }, image => {
    const places = new Map<string, Place>([[IMAGE, image]]);
    for (const node of net.nodes) {
      const from = node.inputs.map(name => places.get(name) as Place);
      const [first] = from;
      if (!first) continue;
      const before = shapes.get(node.inputs[0] ?? IMAGE) ?? net.input;
      if (node.layer.kind === 'flatten' && !shapesEqual(first.shape, before)) {
        places.set(node.name, first);
        dissolved.set(node.name, before);
        continue;
      }
      const layer = convolutional(node, first, dissolved);
      places.set(node.name, first.add(node.name, layer, from));
    }
    const end = places.get(net.nodes.at(-1)?.name ?? IMAGE) as Place;
    return end.shape[1] * end.shape[2] === 1
      ? end
      : end.add('dense evaluation', { kind: 'globalAveragePool' }, [end]);
  });
}

/** A dense layer over a map, as the convolution that it is; any other layer as it stands. */
function convolutional(node: NetworkNode, from: Place, dissolved: ReadonlyMap<string, Shape>): Layer {
  const { layer } = node;
  const map = dissolved.get(node.inputs[0] ?? IMAGE);
  if (layer.kind !== 'dense' || (!map && from.shape[1] * from.shape[2] === 1)) return layer;
  const [, height, width] = map ?? [0, 1, 1];
  const window = { size: [height, width], stride: [1, 1], padding: [0, 0, 0, 0] } as const;
  return { kind: 'convolution', filters: layer.units, window, groups: 1, bias: layer.bias };
}
