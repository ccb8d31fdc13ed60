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
  for (const [image, all] of viewsOfImage.entries()) {
    let shown: { size: Size; input: Float32Array } | undefined;
    for (const view of all.filter(view => sizesEqual(view.size, size))) {
      if (!shown || !sizesEqual(shown.size, view.image))
        shown = { size: view.image, input: await images.input(image, view.image) };
      cut(shown.input, channels, view, inputs.subarray(views.length * length, (views.length + 1) * length));
      views.push({ image, view });
      if (views.length < batchSize) continue;
      yield { inputs, views };
      inputs = new Float32Array(batchSize * length);
      views = [];
    }
  }
  if (views.length > 0) yield { inputs: inputs.subarray(0, views.length * length), views };
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
