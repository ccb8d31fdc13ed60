import { describe, expect, it } from 'vitest';
import { asPublished, compact, counted, duration, fixed, signed, whole } from '../../src/format/index.js';

describe('numbers', () => {
  it('keep their sign, and zero has none', () => {
    expect(fixed(-1.234, 2)).toBe('\u22121.23');
    expect(fixed(-0.001, 2)).toBe('0.00');
    expect(signed(1.5, 1)).toBe('+1.5');
    expect(signed(-1.5, 1)).toBe('\u22121.5');
    expect(signed(0.001, 2)).toBe('0.00');
  });

  it('print a published value with the decimals it was published with', () => {
    expect(asPublished(27)).toBe('27.0');
    expect(asPublished(25.5)).toBe('25.5');
    expect(asPublished(4.81)).toBe('4.81');
  });

  it.each([
    [512, '512'],
    [0.5, '0.5'],
    [1000, '1.00 k'],
    [132_863_336, '133 M'],
    [7_609_090_048, '7.61 G'],
    [999_600, '1.00 M'],
    [999_499, '999 k'],
  ])('shorten %d to %s', (value, text) => {
    expect(compact(value)).toBe(text);
  });

  it('set thousands apart', () => {
    expect(whole(132_863_336)).toBe('132,863,336');
    expect(whole(999)).toBe('999');
    expect(whole(-1234)).toBe('\u22121,234');
    expect(counted(1, 'run')).toBe('1 run');
    expect(counted(1200, 'run')).toBe('1,200 runs');
  });

  it.each([
    [0.843, '0.84 s'],
    [42.11, '42.1 s'],
    [99.96, '1 min 40 s'],
    [725, '12 min 5 s'],
    [3599.7, '1 h 0 min'],
    [12_000, '3 h 20 min'],
  ])('say %d seconds as %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});
