import { UsageError } from '../errors/index.js';

/** Of an image or a part of one, in pixels. */
export interface Size {
  readonly height: number;
  readonly width: number;
}

export interface Region extends Size {
  readonly top: number;
  readonly left: number;
}

/** What a network sees of an image in one pass. */
export interface View {
  /** The image is resampled to this size first. */
  readonly image: Size;
  /** What is cut from it then. */
  readonly region: Region;
  /** The region is resampled to this size at last; mostly it has it already. */
  readonly size: Size;
  /** Mirrored left to right. */
  readonly flip: boolean;
  /** The view's share in the mean over all views of the image; they sum to one. */
  readonly weight: number;
}

/** The size of an image whose shorter side is made `side` pixels, its shape kept (AlexNet, section 2; VGG, section 3.2). */
export function rescaled({ height, width }: Size, side: number): Size {
  const shorter = Math.min(height, width);
  return { height: Math.round((height * side) / shorter), width: Math.round((width * side) / shorter) };
}

export function sizesEqual(a: Size, b: Size): boolean {
  return a.height === b.height && a.width === b.width;
}

export function whole({ height, width }: Size): Region {
  return { top: 0, left: 0, height, width };
}

/** The window in the middle of a region; where the margin is odd it is larger below and to the right. */
export function centred(within: Region, { height, width }: Size): Region {
  return {
    top: within.top + Math.floor((within.height - height) / 2),
    left: within.left + Math.floor((within.width - width) / 2),
    height,
    width,
  };
}

/** The largest square in the middle of an image. */
export function centralSquare(image: Size): Region {
  const side = Math.min(image.height, image.width);
  return centred(whole(image), { height: side, width: side });
}

/** The windows in the four corners of a region: top left, top right, bottom left, bottom right. */
export function corners(within: Region, { height, width }: Size): readonly Region[] {
  const bottom = within.top + within.height - height;
  const right = within.left + within.width - width;
  return [within.top, bottom].flatMap(top =>
    [within.left, right].map(left => ({ top, left, height, width })),
  );
}

/** `count` by `count` windows of a region at even distances, the outer ones at its edges. */
export function grid(within: Region, { height, width }: Size, count: number): readonly Region[] {
  const places = (start: number, room: number): readonly number[] =>
    Array.from(
      { length: count },
      (_, i) => start + (count === 1 ? room >> 1 : Math.round((i * room) / (count - 1))),
    );
  return places(within.top, within.height - height).flatMap(top =>
    places(within.left, within.width - width).map(left => ({ top, left, height, width })),
  );
}

/** @throws UsageError unless a crop fits a region. */
export function checkCrop(within: Size, crop: Size): void {
  if (crop.height <= within.height && crop.width <= within.width) return;
  throw new UsageError(
    `A crop of ${formatSize(crop)} does not fit ${formatSize(within)} pixels of an image; rescale it to at least ${Math.max(crop.height, crop.width)}.`,
  );
}

export function formatSize({ height, width }: Size): string {
  return `${height}x${width}`;
}
