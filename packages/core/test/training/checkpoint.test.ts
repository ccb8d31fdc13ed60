import { UsageError } from '@strata/core/errors';
import {
  atBeginning,
  type Checkpoint,
  decodeCheckpoint,
  encodeCheckpoint,
  type Progress,
} from '@strata/core/training';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const progress: Progress = {
  ...atBeginning,
  step: 7,
  epochs: 2,
  totals: { loss: 0.1 + 0.2, wrong: 3, images: 8, seconds: 1 / 3 },
};
const checkpoint: Checkpoint = {
  run: 'a-run',
  progress,
  events: [{ type: 'end', state: 'done', step: 7, time: 'then' }],
  state: new Map([
    ['w', { shape: [2, 2], data: Float32Array.of(1, -2, 3e-40, Number.NaN) }],
    ['w.momentum', { shape: [2, 2], data: Float32Array.of(0, -0, 5, 6) }],
  ]),
};
const bytes = encodeCheckpoint(checkpoint);

describe('checkpoint', () => {
  it('gives back what was put in, to the last bit', () => {
    expect(decodeCheckpoint(bytes, 'file', 'a-run')).toEqual(checkpoint);
  });

  it('keeps a loss that is no number', () => {
    const wild = { ...progress, diverged: true, totals: { ...progress.totals, loss: Number.NaN } };
    const decoded = decodeCheckpoint(encodeCheckpoint({ ...checkpoint, progress: wild }), 'file', 'a-run');
    expect(decoded.progress).toEqual(wild);
  });

  it('never gives back anything else, wherever a bit flips', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
        const flipped = Uint8Array.from(bytes);
        flipped[at] = (flipped[at] as number) ^ (1 << bit);
        try {
          expect(decodeCheckpoint(flipped, 'file', 'a-run')).toEqual(checkpoint);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('is refused wherever it is cut off', () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeCheckpoint(bytes.subarray(0, length), 'file', 'a-run')).toThrow(UsageError);
    }
  });

  it('is refused as another run’s', () => {
    expect(() => decodeCheckpoint(bytes, 'file', 'another')).toThrow(
      /^file belongs to run a-run, not to another/,
    );
  });
});
