/**
 * How a trained network is tested, as plain data: which views of an image it sees. The softmax outputs of the views are
 * averaged, and those of several networks likewise. Crops have the network's own input size. `scales` are lengths in pixels to
 * which the shorter side of an image is rescaled, each as a set of views of its own; left out, images stay as they are.
 * - `whole-image`: one pass over each image as it is, which must be of the network's size;
 * - `centre-crop`: the middle;
 * - `ten-crop`: corners and middle of the central square, and their mirror images (AlexNet, section 4.1);
 * - `grid-crop`: `grid` by `grid` crops at even distances over the whole image (VGG, section 4.3: 5, flipped too, 3 scales);
 * - `square-crop`: of three squares along the longer side, corners, middle, and the whole square made as small as a crop,
 *   and their mirror images (GoogLeNet, section 7: 4 scales, 144 views);
 * - `dense`: the fully connected layers as convolutions over the whole image, their class scores averaged over all places
 *   before the softmax (VGG, section 3.2);
 * - `combined`: the mean of several protocols, each of equal weight (VGG, section 4.3).
 */
export type Protocol =
  | { readonly kind: 'whole-image' }
  | { readonly kind: 'centre-crop'; readonly scales?: Scales }
  | { readonly kind: 'ten-crop'; readonly scales?: Scales }
  | { readonly kind: 'grid-crop'; readonly grid: number; readonly flip: boolean; readonly scales?: Scales }
  | { readonly kind: 'square-crop'; readonly scales?: Scales }
  | { readonly kind: 'dense'; readonly flip: boolean; readonly scales?: Scales }
  | { readonly kind: 'combined'; readonly parts: readonly Protocol[] };

export type Scales = readonly number[];

export type ProtocolKind = Protocol['kind'];

export const WHOLE_IMAGE = { kind: 'whole-image' } as const satisfies Protocol;

const multiCrop = { kind: 'grid-crop', grid: 5, flip: true } as const;
const dense = { kind: 'dense', flip: true } as const;

/** Protocols that can be asked for by name: as the papers have them, images at the size that they have. */
export const namedProtocols = {
  'whole-image': WHOLE_IMAGE,
  'centre-crop': { kind: 'centre-crop' },
  'ten-crop': { kind: 'ten-crop' },
  'multi-crop': multiCrop,
  dense,
  'multi-crop+dense': { kind: 'combined', parts: [multiCrop, dense] },
} as const satisfies Record<string, Protocol>;

/** A protocol in words: `dense at 256, 384, 512, flips averaged`. */
export function describeProtocol(protocol: Protocol): string {
  switch (protocol.kind) {
    case 'whole-image':
      return 'whole image';
    case 'centre-crop':
      return `centre crop${at(protocol.scales)}`;
    case 'ten-crop':
      return `ten crops${at(protocol.scales)}`;
    case 'grid-crop':
      return `${protocol.grid}x${protocol.grid} crops${at(protocol.scales)}${flips(protocol.flip)}`;
    case 'square-crop':
      return `crops of three squares${at(protocol.scales)}`;
    case 'dense':
      return `dense${at(protocol.scales)}${flips(protocol.flip)}`;
    case 'combined':
      return protocol.parts.map(describeProtocol).join(' + ');
  }
}

function at(scales: Scales | undefined): string {
  return scales ? ` at ${scales.join(', ')}` : '';
}

function flips(flip: boolean): string {
  return flip ? ', flips averaged' : '';
}
