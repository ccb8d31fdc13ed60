import { likelyClasses } from '@strata/core/training';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('likelyClasses', () => {
  it('gives five falling probabilities of softmax', () => {
    const logits = fc.array(fc.float({ min: -50, max: 50, noNaN: true }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(logits, values => {
        const found = likelyClasses(Float32Array.from(values));
        expect(found).toHaveLength(Math.min(5, values.length));
        const sum = values.reduce((total, value) => total + Math.exp(value), 0);
        for (const { class: place, probability } of found)
          expect(probability).toBeCloseTo(Math.exp(values[place] ?? 0) / sum, 5);
        const probabilities = found.map(({ probability }) => probability);
        expect(probabilities).toEqual([...probabilities].sort((a, b) => b - a));
      }),
    );
  });

  it('says nothing of logits that are not numbers', () => {
    expect(likelyClasses(Float32Array.of(1, Number.NaN))).toEqual([]);
  });
});
