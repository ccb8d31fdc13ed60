import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameBox, namePlaces, overlap } from '../../src/charts/name-places.js';

const size = { width: 380, height: 240 };
const middle = { x: 190, y: 120, characters: 8 };

describe('the places of names', () => {
  it('are above and to the right, where nothing is in the way', () => {
    expect(namePlaces([middle], size)).toEqual([{ align: 'left', dx: 9, dy: -8 }]);
  });

  it('are on the other side of a point at the edge', () => {
    expect(namePlaces([{ ...middle, x: 350 }], size)[0]?.align).toBe('right');
    expect(namePlaces([{ ...middle, y: 4 }], size)[0]?.dy).toBeGreaterThan(0);
  });

  it('leave room for two points one above the other', () => {
    const [upper, lower] = namePlaces([middle, { ...middle, y: 131 }], size);
    expect(upper).toBeDefined();
    expect(lower).toBeDefined();
  });

  it('are none where points lie one on another too often', () => {
    const places = namePlaces(
      Array.from({ length: 20 }, () => middle),
      size,
    );
    expect(places.at(-1)).toBeUndefined();
  });

  it('cover neither names nor points, and stay within the chart', () => {
    const spot = fc.record({
      x: fc.integer({ min: 5, max: 375 }),
      y: fc.integer({ min: 5, max: 235 }),
      characters: fc.integer({ min: 1, max: 14 }),
    });
    fc.assert(
      fc.property(fc.array(spot, { maxLength: 30 }), spots => {
        const places = namePlaces(spots, size);
        const boxes = spots.flatMap((one, i) => {
          const place = places[i];
          return place ? [nameBox(one, place)] : [];
        });
        for (const [i, box] of boxes.entries()) {
          expect(boxes.slice(i + 1).some(other => overlap(box, other))).toBe(false);
          expect(box.left >= 0 && box.right <= 380 && box.top >= 0 && box.bottom <= 240).toBe(true);
          for (const { x, y } of spots)
            expect(overlap(box, { left: x, right: x, top: y, bottom: y })).toBe(false);
        }
      }),
    );
  });
});
