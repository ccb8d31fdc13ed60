import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { fitText, padText, plainText } from '../../src/live/fit-text.js';

const text = fc.string({ unit: 'grapheme' });
const width = fc.integer({ min: 0, max: 20 });

describe('text in columns', () => {
  it.each([
    ['abcdef', 4, 'abc…'],
    ['abcd', 4, 'abcd'],
    ['图像网络', 5, '图像…'],
    ['图像网络', 6, '图像…'],
    ['👩‍👩‍👧 x', 2, '…'],
    ['abc', 1, '…'],
    ['abc', 0, ''],
  ])('%s in %i', (given, columns, fitted) => {
    expect(fitText(given, columns)).toBe(fitted);
  });

  it('never takes more than it may, and is left alone where it fits', () => {
    fc.assert(
      fc.property(text, width, (given, columns) => {
        const fitted = fitText(given, columns);
        expect(stringWidth(fitted)).toBeLessThanOrEqual(columns);
        if (columns > 0 && stringWidth(given) <= columns) expect(fitted).toBe(given);
      }),
    );
  });

  it('is filled to exactly its width, on either side', () => {
    fc.assert(
      fc.property(text, width, fc.constantFrom('left', 'right'), (given, columns, side) => {
        expect(stringWidth(padText(given, columns, side))).toBe(columns);
      }),
    );
    expect(padText('7', 3, 'right')).toBe('  7');
  });

  it('is one line that moves no cursor', () => {
    expect(plainText('\x1b[31mno\x1b[0m\r\n\tmemory\x07 ')).toBe('no memory');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), given => {
        expect(plainText(given)).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});
