import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { phasesOf } from '../../../src/engine/onnx/nchwc/input-gradient.js';

describe('phases of a strided window', () => {
  it('share its taps out', () => {
    const drawn = fc.record({
      size: fc.integer({ min: 1, max: 7 }),
      stride: fc.integer({ min: 1, max: 4 }),
      padding: fc.integer({ min: 0, max: 3 }),
    });
    fc.assert(
      fc.property(drawn, fc.integer({ min: 7, max: 30 }), (window, pixels) => {
        const windows = Math.floor((pixels + 2 * window.padding - window.size) / window.stride) + 1;
        const phases = phasesOf(pixels, windows, window);
        if (!phases) return;
        const taps = phases.flatMap(phase => [...phase.taps]).toSorted((a, b) => a - b);
        expect(taps).toEqual(Array.from({ length: window.size }, (_, i) => i));
      }),
    );
  });

  it('of 3 taps with stride 2 and padding 1 are one tap and two', () => {
    expect(phasesOf(8, 4, { size: 3, stride: 2, padding: 1 })).toEqual([
      { taps: [1], before: 0, after: 0 },
      { taps: [2, 0], before: 0, after: 1 },
    ]);
  });
});
