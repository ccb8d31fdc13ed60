import { photoSize } from './decode.js';
import type { FloatImage, Size } from './float-image.js';
import type { InputSpec } from './input-spec.js';
import { type InputImages, isHeld } from './normalised-set.js';
import { rescaled } from './rescale.js';
import { wholeImage } from './whole-image.js';

/** Images that trained networks are tested on, each to be had at any size. */
export interface TestImages {
  readonly count: number;
  readonly labels: Uint16Array;
  /** Of image `i` as it is. */
  sizeOf(i: number): Promise<Size>;
  /** Image `i` normalised, and scaled to a size. */
  at(i: number, size: Size): Promise<FloatImage>;
}

/** How pixels become inputs: by the statistics of the training subset, test images too. */
export type TestOptions = Pick<InputSpec, 'normalisation' | 'statistics'>;

export function testImages(images: InputImages, options: TestOptions): TestImages {
  return {
    count: images.count,
    labels: images.labels,
    async sizeOf(i) {
      if (!isHeld(images)) return photoSize(await images.encoded(i), images.describe(i));
      const [, height, width] = images.shape;
      return { height, width };
    },
    async at(i, { height, width }) {
      const image = await wholeImage(images, i, options, Math.min(height, width));
      const [, high, wide] = image.shape;
      // A decoder may round the longer side in its own way.
      return high === height && wide === width ? image : rescaled(image, [height, width]);
    },
  };
}
