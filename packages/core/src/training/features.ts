import { UsageError } from '../errors/index.js';
import { elements, type Shape } from '../network/index.js';
import { batchSizeAt, type EvaluatedNetwork } from './evaluate.js';
import type { Protocol } from './protocol.js';
import { decodeSafetensors, encodeSafetensors } from './safetensors.js';
import { viewsBySize } from './view-batches.js';

/** What a layer says of images, in their order. */
export interface Features {
  readonly count: number;
  /** Numbers an image. */
  readonly width: number;
  /** `[count, width]`. */
  readonly values: Float32Array;
  readonly labels: Int32Array;
}

/**
 * What a network that ends at a layer (`upTo`) says of images: the mean over the views that a protocol shows of each.
 * @throws UsageError where the images do not suit the protocol.
 */
export async function featuresOf(tested: EvaluatedNetwork, protocol: Protocol): Promise<Features> {
  const { network, images } = tested;
  const [channels] = network.input;
  const width = elements(network.nodes.at(-1)?.output ?? network.input);
  const values = new Float32Array(images.count * width);
  for (const { size, batches } of await viewsBySize(images, protocol, network.input)) {
    const inputShape: Shape = [channels, size.height, size.width];
    const batchSize = batchSizeAt(network, inputShape);
    const evaluator = await tested.evaluatorAt(inputShape, batchSize);
    try {
      for await (const { inputs, views } of batches(batchSize)) {
        const said = await evaluator.logits(inputs, views.length);
        views.forEach(({ image, view }, i) => {
          for (let k = 0; k < width; k++) {
            values[image * width + k] =
              (values[image * width + k] ?? 0) + view.weight * (said[i * width + k] ?? 0);
          }
        });
      }
    } finally {
      evaluator.dispose();
    }
  }
  return { count: images.count, width, values, labels: Int32Array.from(images.labels) };
}

/** As a safetensors file of `features`, `[count, width]`, and `labels`, `[count]`, both 32-bit floats. */
export function encodeFeatures(
  { count, width, values, labels }: Features,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const tensors = new Map([
    ['features', { shape: [count, width], data: values }],
    ['labels', { shape: [count], data: Float32Array.from(labels) }],
  ]);
  return encodeSafetensors(tensors, metadata);
}

/** @throws UsageError naming `file` where it holds no features. */
export function decodeFeatures(bytes: Uint8Array, file: string): Features {
  const { state } = decodeSafetensors(bytes, file);
  const [features, labels] = [state.get('features'), state.get('labels')];
  const [count = 0, width = 0] = features?.shape ?? [];
  if (features?.shape.length !== 2 || labels?.data.length !== count) {
    throw new UsageError(
      `${file} holds no features; expected tensors features [count, width] and labels [count].`,
    );
  }
  return { count, width, values: features.data, labels: Int32Array.from(labels.data) };
}
