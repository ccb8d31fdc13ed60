import {
  formatSize,
  type Region,
  resample,
  type Size,
  sizesEqual,
  type TestImages,
  type View,
  whole,
} from '../data/index.js';
import { elements, type Shape } from '../network/index.js';
import { inOrder } from './in-order.js';
import type { Protocol } from './protocol.js';
import { merged, viewsOf } from './views.js';

/** The views of one size, of all images. */
export interface ViewsOfSize {
  readonly size: Size;
  /** In the order of the images, so many at a time; the last batch may be smaller. */
  batches(batchSize: number): AsyncGenerator<ViewBatch, void>;
}

export interface ViewBatch {
  /** `[views, channels, height, width]`. */
  readonly inputs: Float32Array;
  readonly views: readonly { readonly image: number; readonly view: View }[];
}

/**
 * All views of a protocol by the size at which a network sees them, so that one evaluator serves each size; images may differ in size.
 * @throws UsageError where an image does not suit the protocol.
 */
export async function viewsBySize(
  images: TestImages,
  protocol: Protocol,
  input: Shape,
): Promise<readonly ViewsOfSize[]> {
  const [channels, height, width] = input;
  const viewsByImageSize = new Map<string, readonly View[]>();
  const viewsOfImage: (readonly View[])[] = [];
  for await (const { result: size } of inOrder(range(images.count), images.sizeOf, AHEAD)) {
    const key = formatSize(size);
    const views = viewsByImageSize.get(key) ?? merged(viewsOf(protocol, size, { height, width }));
    viewsByImageSize.set(key, views);
    viewsOfImage.push(views);
  }
  const sizes = new Map([...viewsByImageSize.values()].flat().map(({ size }) => [formatSize(size), size]));
  return [...sizes.values()].map(size => ({
    size,
    batches: batchSize => batchesOf(images, channels, viewsOfImage, size, batchSize),
  }));
}

function* range(count: number): Generator<number, void> {
  for (let i = 0; i < count; i++) yield i;
}

/** Images that are decoded while the engine computes. */
const AHEAD = 8;

async function* batchesOf(
  images: TestImages,
  channels: number,
  viewsOfImage: readonly (readonly View[])[],
  size: Size,
  batchSize: number,
): AsyncGenerator<ViewBatch, void> {
  const length = elements([channels, size.height, size.width]);
  let inputs = new Float32Array(batchSize * length);
  let views: ViewBatch['views'][number][] = [];
  const looks = looksAt(viewsOfImage, size);
  for await (const { item, result } of inOrder(looks, look => images.input(look.image, look.at), AHEAD)) {
    for (const view of item.views) {
      cut(result, channels, view, inputs.subarray(views.length * length, (views.length + 1) * length));
      views.push({ image: item.image, view });
      if (views.length < batchSize) continue;
      yield { inputs, views };
      inputs = new Float32Array(batchSize * length);
      views = [];
    }
  }
  if (views.length > 0) yield { inputs: inputs.subarray(0, views.length * length), views };
}

/** An image at one size, and all that a network is to see of it there. */
interface Look {
  readonly image: number;
  readonly at: Size;
  readonly views: readonly View[];
}

function* looksAt(viewsOfImage: readonly (readonly View[])[], size: Size): Generator<Look, void> {
  for (const [image, all] of viewsOfImage.entries()) {
    const seen = all.filter(view => sizesEqual(view.size, size));
    const sizes = new Map(seen.map(view => [formatSize(view.image), view.image]));
    for (const at of sizes.values()) {
      yield { image, at, views: seen.filter(view => sizesEqual(view.image, at)) };
    }
  }
}

/** What a view shows of a resampled image, written as a network takes it. */
export function cut(image: Float32Array, channels: number, view: View, out: Float32Array): void {
  const { region, size, flip } = view;
  if (sizesEqual(region, size)) copy(image, view.image, region, channels, flip, out);
  else copy(resample(image, view.image, region, size), size, whole(size), channels, flip, out);
}

function copy(
  image: Float32Array,
  { height, width }: Size,
  region: Region,
  channels: number,
  flip: boolean,
  out: Float32Array,
): void {
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < region.height; y++) {
      const from = (c * height + region.top + y) * width + region.left;
      const row = image.subarray(from, from + region.width);
      const to = (c * region.height + y) * region.width;
      out.set(flip ? row.toReversed() : row, to);
    }
  }
}
