import type { Protocol } from '@strata/core/training';
import fc from 'fast-check';

/** The side of the crops that fit every image and scale here. */
export const CROP = 6;

export const imageSize = fc.record({
  height: fc.integer({ min: CROP, max: 20 }),
  width: fc.integer({ min: CROP, max: 20 }),
});

const scales = fc.array(fc.integer({ min: CROP, max: 16 }), { minLength: 1, maxLength: 3 });
const rescaling = fc.record({ scales }, { requiredKeys: [] });
const flip = fc.boolean();

/** Every protocol but those that want images of one size. */
export const cropProtocol: fc.Arbitrary<Protocol> = fc.oneof(
  rescaling.map(rest => ({ kind: 'centre-crop', ...rest }) as const),
  rescaling.map(rest => ({ kind: 'ten-crop', ...rest }) as const),
  rescaling.map(rest => ({ kind: 'square-crop', ...rest }) as const),
  fc
    .tuple(rescaling, flip, fc.integer({ min: 1, max: 5 }))
    .map(([rest, flip, grid]) => ({ kind: 'grid-crop', grid, flip, ...rest }) as const),
  fc.tuple(rescaling, flip).map(([rest, flip]) => ({ kind: 'dense', flip, ...rest }) as const),
);

export const anyProtocol: fc.Arbitrary<Protocol> = fc.oneof(
  { weight: 3, arbitrary: cropProtocol },
  fc
    .array(cropProtocol, { minLength: 1, maxLength: 3 })
    .map((parts): Protocol => ({ kind: 'combined', parts })),
);
