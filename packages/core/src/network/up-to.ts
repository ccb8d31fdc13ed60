import { IMAGE, type Network, network, nodeNamed, type Place } from './network.js';
import { leadingTo } from './paths.js';
import { elements } from './shape.js';

/**
 * The network that ends at a layer: its output, flattened channel by channel, in place of logits. Its layers have the
 * names of the whole network's, so that weights of that fit.
 * @throws UsageError when there is no such layer.
 */
export function upTo(net: Network, layer: string): Network {
  const { output } = nodeNamed(net, layer);
  const size = elements(output);
  return network({ name: `${net.name} up to ${layer}`, input: net.input, classes: size }, image => {
    const places = new Map<string, Place>([[IMAGE, image]]);
    let end = image;
    for (const { name, layer: kind, inputs } of leadingTo(net, layer)) {
      end = image.add(
        name,
        kind,
        inputs.map(input => places.get(input) as Place),
      );
      places.set(name, end);
    }
    return size === output[0] ? end : end.add('features', { kind: 'flatten' }, [end]);
  });
}
