import { UsageError } from '@strata/core/errors';
import { decodeSafetensors, encodeSafetensors } from '@strata/core/training';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const tensor = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }).chain(shape =>
  fc
    .float32Array({
      minLength: shape.reduce((a, b) => a * b, 1),
      maxLength: shape.reduce((a, b) => a * b, 1),
    })
    .map(data => ({ shape, data })),
);
const states = fc
  .dictionary(fc.stringMatching(/^[a-z0-9_.]{1,12}$/), tensor, { noNullPrototype: true })
  .map(entries => new Map(Object.entries(entries)));

describe('safetensors', () => {
  it('gives back what was put in', () => {
    fc.assert(
      fc.property(states, state => {
        const decoded = decodeSafetensors(encodeSafetensors(state, { run: 'x' }), 'file');
        expect(new Map([...decoded.state].sort())).toEqual(new Map([...state].sort()));
        expect(decoded.metadata).toEqual({ run: 'x' });
      }),
    );
  });

  it('copies out of a Buffer, whose memory others use', () => {
    const file = Buffer.from(
      encodeSafetensors(new Map([['w', { shape: [2], data: Float32Array.of(1, 2) }]])),
    );
    const { state } = decodeSafetensors(file, 'file');
    file.fill(0);
    expect(state.get('w')?.data).toEqual(Float32Array.of(1, 2));
  });

  it('lays the file out as the format says', () => {
    const bytes = encodeSafetensors(new Map([['w', { shape: [2], data: Float32Array.of(1, -2) }]]));
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
    expect(header).toEqual({ __metadata__: {}, w: { dtype: 'F32', shape: [2], data_offsets: [0, 8] } });
    expect(length % 8).toBe(0);
    expect(new Float32Array(bytes.slice(8 + length).buffer)).toEqual(Float32Array.of(1, -2));
  });

  it('refuses cut, flipped and foreign bytes with one line, never another error', () => {
    const file = encodeSafetensors(new Map([['w', { shape: [3, 2], data: new Float32Array(6) }]]));
    fc.assert(
      fc.property(fc.nat(file.length - 1), end => {
        expect(() => decodeSafetensors(file.subarray(0, end), 'w.safetensors')).toThrow(
          /^w.safetensors is not a usable/,
        );
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
        try {
          decodeSafetensors(bytes, 'noise');
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
    );
  });
});
