import {
  centralSquare,
  centred,
  checkCrop,
  corners,
  formatSize,
  grid,
  type Region,
  rescaled,
  type Size,
  sizesEqual,
  type View,
  whole,
} from '../data/index.js';
import { UsageError } from '../errors/index.js';
import type { Protocol, Scales } from './protocol.js';

/**
 * The views of an image that a protocol shows to a network whose input is of size `crop`; weights sum to one.
 * @throws UsageError where the image is too small for a crop, or not of the network's size where it must be.
 */
export function viewsOf(protocol: Protocol, image: Size, crop: Size): readonly View[] {
  switch (protocol.kind) {
    case 'whole-image':
      checkWhole(image, crop);
      return evenly([uncut(image)]);
    case 'centre-crop':
      return atScales(protocol.scales, image, size => {
        checkCrop(size, crop);
        return cuts(size, [centred(whole(size), crop)]);
      });
    case 'ten-crop':
      return atScales(protocol.scales, image, size => {
        const square = centralSquare(size);
        checkCrop(square, crop);
        return flipped(cuts(size, [...corners(square, crop), centred(square, crop)]));
      });
    case 'grid-crop':
      return atScales(protocol.scales, image, size => {
        checkCrop(size, crop);
        const crops = cuts(size, grid(whole(size), crop, protocol.grid));
        return protocol.flip ? flipped(crops) : crops;
      });
    case 'square-crop':
      return atScales(protocol.scales, image, size => squareCrops(size, crop));
    case 'dense':
      return atScales(protocol.scales, image, size =>
        protocol.flip ? flipped([uncut(size)]) : [uncut(size)],
      );
    case 'combined':
      return protocol.parts.flatMap(part =>
        viewsOf(part, image, crop).map(view => ({ ...view, weight: view.weight / protocol.parts.length })),
      );
  }
}

/** How many passes a protocol makes over one image; those that coincide on square images count. */
export function viewCount(protocol: Protocol): number {
  const scales = 'scales' in protocol ? (protocol.scales?.length ?? 1) : 1;
  const flips = 'flip' in protocol && !protocol.flip ? 1 : 2;
  switch (protocol.kind) {
    case 'whole-image':
      return 1;
    case 'centre-crop':
      return scales;
    case 'ten-crop':
      return scales * 10;
    case 'grid-crop':
      return scales * protocol.grid ** 2 * flips;
    case 'square-crop':
      return scales * 36;
    case 'dense':
      return scales * flips;
    case 'combined':
      return protocol.parts.reduce((sum, part) => sum + viewCount(part), 0);
  }
}

/** Equal views as one of their joint weight: on square images many crops coincide, and need one pass. */
export function merged(views: readonly View[]): readonly View[] {
  const byPlace = new Map<string, View>();
  for (const view of views) {
    const { image, region, size, flip } = view;
    const key = [image, region, size].flatMap(Object.values).concat(Number(flip)).join();
    const known = byPlace.get(key);
    byPlace.set(key, known ? { ...known, weight: known.weight + view.weight } : view);
  }
  return [...byPlace.values()];
}

type Unweighted = Omit<View, 'weight'>;

function evenly(views: readonly Unweighted[]): readonly View[] {
  return views.map(view => ({ ...view, weight: 1 / views.length }));
}

function atScales(
  scales: Scales | undefined,
  image: Size,
  views: (size: Size) => readonly Unweighted[],
): readonly View[] {
  const sizes = scales ? scales.map(side => rescaled(image, side)) : [image];
  return evenly(sizes.flatMap(views));
}

function uncut(image: Size): Unweighted {
  return { image, region: whole(image), size: image, flip: false };
}

function cuts(image: Size, regions: readonly Region[]): readonly Unweighted[] {
  return regions.map(region => ({
    image,
    region,
    size: { height: region.height, width: region.width },
    flip: false,
  }));
}

/** The views, then each of them mirrored. */
function flipped(views: readonly Unweighted[]): readonly Unweighted[] {
  return [...views, ...views.map(view => ({ ...view, flip: !view.flip }))];
}

/** Left, middle and right square of a wide image; top, middle and bottom of a tall one (GoogLeNet, section 7). */
function squareCrops(image: Size, crop: Size): readonly Unweighted[] {
  const side = Math.min(image.height, image.width);
  checkCrop({ height: side, width: side }, crop);
  const [down, across] = [image.height - side, image.width - side];
  const squares = [0, 0.5, 1].map(share => ({
    top: Math.floor(share * down),
    left: Math.floor(share * across),
    height: side,
    width: side,
  }));
  return flipped(
    squares.flatMap(square => [
      ...cuts(image, [...corners(square, crop), centred(square, crop)]),
      { image, region: square, size: crop, flip: false },
    ]),
  );
}

function checkWhole(image: Size, input: Size): void {
  if (sizesEqual(image, input)) return;
  throw new UsageError(
    `The network takes ${formatSize(input)} pixels and an image has ${formatSize(image)}; test it on a crop (centre-crop), or densely (dense).`,
  );
}
