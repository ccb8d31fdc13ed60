import { hashJson } from '@strata/core/hash';
import { buildModel } from '@strata/core/models';
import { contentHash } from '@strata/core/network';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const small = { input: [3, 32, 32] as const, classes: 10, width: 1 / 16 };

describe('content hash', () => {
  it('tells networks apart by what they compute', () => {
    const hash = (name: string, options = {}) =>
      contentHash(buildModel({ name, options: { ...small, ...options } }));
    expect(hash('vgg-a')).toBe(hash('vgg-a', { lrnAlpha: 1 }));
    expect(hash('vgg-a-lrn')).not.toBe(hash('vgg-a-lrn', { lrnAlpha: 1 }));
    expect(
      new Set(['vgg-a', 'vgg-b', 'vgg-c', 'vgg-d', 'vgg-e', 'vgg-a-lrn'].map(name => hash(name))).size,
    ).toBe(6);
    expect(hash('vgg-a')).not.toBe(hash('vgg-a', { dropout: 0.1 }));
  });

  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), value => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(hashJson(reversed)).toBe(hashJson(value));
      }),
    );
  });
});
