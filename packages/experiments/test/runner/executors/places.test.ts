import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuPlace } from '../../../src/runner/executors/choose-places.js';
import { type Occupant, type Place, roomFor } from '../../../src/runner/executors/places.js';

describe('places', () => {
  it('are filled evenly, and never beyond slots and memory, but for one run that is too large for any', () => {
    const places: readonly Place[] = [
      { device: '0', slots: 3, bytes: 100 },
      { device: '1', slots: 3, bytes: 60 },
    ];
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 120 }), { maxLength: 12 }), sizes => {
        const occupants: Occupant[] = [];
        for (const bytes of sizes) {
          const place = roomFor(bytes, places, occupants);
          if (place) occupants.push({ place, bytes });
        }
        for (const place of places) {
          const here = occupants.filter(other => other.place === place);
          expect(here.length).toBeLessThanOrEqual(place.slots);
          if (here.length > 1)
            expect(here.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(place.bytes);
        }
        if (sizes.length > 1) expect(new Set(occupants.map(({ place }) => place)).size).toBe(2);
      }),
    );
  });
});

describe('the CPU', () => {
  it.each([
    [{ runs: 9 }, { slots: 4, threads: 1 }],
    [{ runs: 2 }, { slots: 2, threads: 2 }],
    [{ runs: 0 }, { slots: 1, threads: 4 }],
    [
      { runs: 9, threads: 2 },
      { slots: 2, threads: 2 },
    ],
    [
      { runs: 9, threads: 8 },
      { slots: 1, threads: 8 },
    ],
    [
      { runs: 9, slots: 3 },
      { slots: 3, threads: 1 },
    ],
    [
      { runs: 1, slots: 2, threads: 1 },
      { slots: 2, threads: 1 },
    ],
  ])('of four cores is split for %j as %j', (request, expected) => {
    expect(cpuPlace(request, 4)).toMatchObject(expected);
  });
});
