import type { TestImages } from '../data/index.js';
import type { Evaluator } from '../engine/index.js';
import { atInput, elements, type Network, type Shape } from '../network/index.js';
import { type Posteriors, type Predictions, posteriors } from './posteriors.js';
import type { Protocol } from './protocol.js';
import { viewsBySize } from './view-batches.js';

/** A trained network with the images it is tested on, made into inputs as it was trained on them. */
export interface EvaluatedNetwork {
  readonly network: Network;
  readonly images: TestImages;
  /** The network with its weights for inputs of a shape; disposed of before another is asked for. */
  evaluatorAt(inputShape: Shape, batchSize: number): Promise<Evaluator>;
}

/**
 * Tests networks by a protocol, one after the other: the softmax outputs of all views of an image are averaged, then those of all
 * networks (VGG, sections 3.2 and 4.4), and judged by their place.
 * @throws UsageError where the images do not suit the protocol, or the networks were not tested on the same images.
 */
export async function evaluate(
  networks: Iterable<EvaluatedNetwork> | AsyncIterable<EvaluatedNetwork>,
  protocol: Protocol,
): Promise<Predictions> {
  let first: TestImages | undefined;
  let means: Posteriors | undefined;
  let count = 0;
  for await (const tested of networks) {
    first ??= tested.images;
    means ??= posteriors(first.count, tested.network.classes);
    await look(tested, protocol, means);
    count++;
  }
  if (!first || !means) throw new RangeError('An evaluation needs at least one network.');
  return means.judge(first.labels, count);
}

async function look(tested: EvaluatedNetwork, protocol: Protocol, means: Posteriors): Promise<void> {
  const { network, images } = tested;
  const [channels] = network.input;
  for (const { size, batches } of await viewsBySize(images, protocol, network.input)) {
    const inputShape: Shape = [channels, size.height, size.width];
    const batchSize = batchSizeAt(network, inputShape);
    const evaluator = await tested.evaluatorAt(inputShape, batchSize);
    try {
      for await (const { inputs, views } of batches(batchSize)) {
        const logits = await evaluator.logits(inputs, views.length);
        views.forEach(({ image, view }, i) => {
          means.add(image, logits.subarray(i * network.classes, (i + 1) * network.classes), view.weight);
        });
      }
    } finally {
      evaluator.dispose();
    }
  }
}

/** Values of the largest layer that a batch may hold: 128 MB of them, and engines keep a few such layers. */
const LARGEST_LAYER = 2 ** 25;
const LARGEST_BATCH = 100;

/** As many views as fit the memory: large images go in small batches. */
export function batchSizeAt(network: Network, inputShape: Shape): number {
  const largest = Math.max(...atInput(network, inputShape).nodes.map(({ output }) => elements(output)));
  return Math.min(LARGEST_BATCH, Math.max(1, Math.floor(LARGEST_LAYER / largest)));
}
