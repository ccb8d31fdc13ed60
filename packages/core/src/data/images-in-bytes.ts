import { elements, type Shape } from '../network/index.js';
import type { ImageSet } from './data-set.js';

/** Images that lie one after the other, planar `[channels, height, width]`: each is a view. */
export function imagesInBytes(bytes: Uint8Array, labels: Uint16Array, shape: Shape): ImageSet {
  const size = elements(shape);
  const count = labels.length;
  return {
    count,
    shape,
    labels,
    pixels: i => {
      if (!(i >= 0 && i < count)) throw new RangeError(`There is no image ${i}; the set has ${count}.`);
      return bytes.subarray(i * size, (i + 1) * size);
    },
  };
}
