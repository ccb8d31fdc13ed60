import { cropped, type FloatImage, rescaled, type Size, type TestImages } from '../data/index.js';
import { elements, type Shape } from '../network/index.js';
import { inOrder } from './in-order.js';
import type { Protocol } from './protocol.js';
import { formatSize, sizesEqual, type View } from './view.js';
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
  for (let i = 0; i < images.count; i++) {
    const size = await images.sizeOf(i);
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
  for await (const { item, result } of inOrder(looks, look => images.at(look.image, look.at), AHEAD)) {
    for (const view of item.views) {
      inputs.set(shown(result, view).values, views.length * length);
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

/** What a view shows of an image that is scaled to the view's size. */
export function shown(image: FloatImage, { region, size, flip }: View): FloatImage {
  const cut = cropped(image, region);
  const sized = sizesEqual(region, size) ? cut : rescaled(cut, [size.height, size.width]);
  return flip ? mirrored(sized) : sized;
}

function mirrored({ shape, values }: FloatImage): FloatImage {
  const width = shape[2];
  const out = new Float32Array(values.length);
  for (let row = 0; row < values.length; row += width)
    out.set(values.subarray(row, row + width).toReversed(), row);
  return { shape, values: out };
}
