import type { Trainable } from '../engine/index.js';
import type { Network } from '../network/index.js';
import { batchSizeAt, type EvaluatedNetwork } from './evaluate.js';
import type { Protocol } from './protocol.js';
import { viewsBySize } from './view-batches.js';

/** What a layer of a network says of a batch of images, and how far the loss reaches back to it. */
export interface LayerResponse {
  /** The batch norm whose outputs these are. */
  readonly layer: string;
  /** Standard deviation over images, channels and places. */
  readonly deviation: number;
  /** Norm of the gradient of the mean loss. */
  readonly gradientNorm: number;
}

/**
 * The layers whose responses are compared between nets: batch norms right behind convolutions that see more than a pixel, in the
 * order of the network (ResNet, He et al. 2015, section 4.1 and figure 7: before ReLU and addition).
 */
export function respondingLayers({ nodes }: Network): readonly string[] {
  const wide = new Set(nodes.filter(isWideConvolution).map(({ name }) => name));
  return nodes
    .filter(({ layer, inputs }) => layer.kind === 'batchNorm' && inputs.some(input => wide.has(input)))
    .map(({ name }) => name);
}

function isWideConvolution({ layer }: Network['nodes'][number]): boolean {
  return layer.kind === 'convolution' && layer.window.size.some(side => side > 1);
}

/**
 * Responses to the first images, as many as a batch of an evaluation holds: batch norm by the batch's own statistics, without
 * dropout and weight decay. `trainableFor` builds the trained network for a batch size; it is disposed of.
 * @throws UsageError where the images do not suit the protocol, or its views are not of the network's input size.
 */
export async function layerResponses(
  { network, images }: Pick<EvaluatedNetwork, 'network' | 'images'>,
  protocol: Protocol,
  trainableFor: (batchSize: number) => Promise<Trainable>,
): Promise<readonly LayerResponse[]> {
  const layers = respondingLayers(network);
  const [seen] = await viewsBySize(images, protocol, network.input);
  if (layers.length === 0 || !seen) return [];
  const batchSize = Math.min(images.count, batchSizeAt(network, network.input));
  const { value: batch } = await seen.batches(batchSize).next();
  if (!batch) return [];
  const labels = Int32Array.from(batch.views, ({ image }) => images.labels[image] ?? 0);
  const trainable = await trainableFor(batch.views.length);
  try {
    const found = await trainable.probe(layers, { images: batch.inputs, labels, count: batch.views.length });
    return layers.map(layer => {
      const { deviation = Number.NaN, gradientNorm = Number.NaN } = found.get(layer) ?? {};
      return { layer, deviation, gradientNorm };
    });
  } finally {
    trainable.dispose();
  }
}
