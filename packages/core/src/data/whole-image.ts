import type { FloatImage } from './float-image.js';
import { heldImage } from './held-input.js';
import type { InputSpec } from './input-spec.js';
import { type InputImages, isHeld } from './normalised-set.js';
import { photoImage } from './photo-input.js';

/**
 * Image `i` normalised and otherwise whole, for tests of every kind: its shorter side scaled to `shorterSide` pixels (the Q of
 * VGG, section 3.2), the other in proportion; as it is when that is left out. Crops are cut out of it with `cropped`.
 * @throws UsageError for a photograph that is missing or damaged, naming it.
 */
export async function wholeImage(
  images: InputImages,
  i: number,
  spec: Pick<InputSpec, 'normalisation' | 'statistics'>,
  shorterSide?: number,
): Promise<FloatImage> {
  return isHeld(images) ? heldImage(images, i, spec, shorterSide) : photoImage(images, i, spec, shorterSide);
}
