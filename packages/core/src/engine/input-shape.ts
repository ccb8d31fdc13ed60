import { IMAGE, type Network, network, type Place, type Shape, shapesEqual } from '../network/index.js';

/**
 * The same layers over images of another size.
 * @throws UsageError naming the layer that does not fit, as a dense layer whose input would grow.
 */
export function withInput(net: Network, input: Shape): Network {
  if (shapesEqual(net.input, input)) return net;
  return network({ name: net.name, input, classes: net.classes }, image => {
    const places = new Map<string, Place>([[IMAGE, image]]);
    return net.nodes.reduce((from, { name, layer, inputs }) => {
      const place = from.add(
        name,
        layer,
        inputs.map(input => places.get(input) as Place),
      );
      places.set(name, place);
      return place;
    }, image);
  });
}
